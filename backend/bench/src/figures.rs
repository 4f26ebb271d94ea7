//! Medians, percentiles, and how they are shown.

use std::time::Duration;

/// The middle one of several runs.
#[must_use]
pub fn median(mut runs: Vec<f64>) -> f64 {
    runs.sort_unstable_by(f64::total_cmp);
    runs.get(runs.len() / 2).copied().unwrap_or(0.0)
}

/// The time that so many of a hundred took at most, in milliseconds. The times are sorted.
#[must_use]
pub fn percentile(times: &[Duration], percent: usize) -> f64 {
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// The machine's load over the last minute.
#[must_use]
pub fn machine_load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

/// What a process takes of memory now, and took at most, in MB.
#[must_use]
pub fn memory(process: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let figure = |name| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    (
        figure("VmRSS").unwrap_or(0) / 1024,
        figure("VmHWM").unwrap_or(0) / 1024,
    )
}

/// The processor's time that a process took so far.
#[must_use]
pub fn processor(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|text| text.parse::<u64>().ok());
    // A tick is a hundredth of a second on every Linux of today.
    Duration::from_millis(ticks.sum::<u64>() * 10)
}
