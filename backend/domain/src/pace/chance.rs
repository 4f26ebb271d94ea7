//! Probabilities.
#![expect(clippy::float_arithmetic, reason = "probabilities, never money")]

/// That `at_least` of `trials` happen, each with `share`.
pub(super) fn at_least(at_least: u32, trials: u32, share: f64) -> f64 {
    if at_least == 0 {
        return 1.0;
    }
    sum(at_least..=trials, trials, share)
}

/// That at most `at_most` of `trials` happen, each with `share`.
pub(super) fn at_most(at_most: u32, trials: u32, share: f64) -> f64 {
    sum(0..=at_most.min(trials), trials, share)
}

fn sum(range: std::ops::RangeInclusive<u32>, trials: u32, share: f64) -> f64 {
    let share = share.clamp(1e-9, 1.0 - 1e-9);
    let mut term = exactly(*range.start(), trials, share);
    let mut sum = 0.0;
    for k in range {
        sum += term;
        term *= f64::from(trials - k) / f64::from(k + 1) * share / (1.0 - share);
    }
    sum.min(1.0)
}

/// The binomial probability of exactly `k`, by logarithms: its parts are too small and too great for numbers.
fn exactly(k: u32, trials: u32, share: f64) -> f64 {
    if k > trials {
        return 0.0;
    }
    let ways: f64 = (1..=k)
        .map(|i| (f64::from(trials - k + i) / f64::from(i)).ln())
        .sum();
    (ways + f64::from(k) * share.ln() + f64::from(trials - k) * (1.0 - share).ln()).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_the_textbook() {
        // 10 throws of a coin: 8 heads or more is 56 of 1024, 2 or fewer the same.
        for probability in [at_least(8, 10, 0.5), at_most(2, 10, 0.5)] {
            assert!((probability - 56.0 / 1024.0).abs() < 1e-12, "{probability}");
        }
        // 3 of 3 at a tenth each.
        assert!((at_least(3, 3, 0.1) - 1e-3).abs() < 1e-12);
        assert!((at_most(0, 160, 0.02) - 0.98_f64.powi(160)).abs() < 1e-12);
        assert!(at_least(4, 3, 0.5) == 0.0 && at_least(0, 3, 0.5) == 1.0 && at_most(9, 3, 0.5) > 0.999_999);
    }
}
