//! What this process takes, for figures.

/// A figure of this process in KiB, such as `VmRSS` or `VmHWM`; 0 where the system does not tell.
#[must_use]
pub fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let figure = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    figure.unwrap_or(0)
}

/// From now on the greatest use of memory is counted anew, where the system can do that.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
