//! Chance decided from the seed and from what is being decided, never from timing.
//!
//! A generator shared by all would give other results whenever two requests change places. Here each decision has its own
//! generator, seeded by the seed and the words that name the decision.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

/// The source of every decision and every identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    seed: u64,
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Whether something of this rate (0 to 1) happens this time.
    pub(crate) fn happens(self, rate: f64, words: &[&str]) -> bool {
        // The bounds are exact: rate 1 is always and rate 0 is never.
        if rate.is_nan() || rate <= 0.0 {
            return false;
        }
        rate >= 1.0 || self.generator(words).random_bool(rate)
    }

    /// A number in the closed range.
    pub(crate) fn between(self, low: u64, high: u64, words: &[&str]) -> u64 {
        if high <= low {
            low
        } else {
            self.generator(words).random_range(low..=high)
        }
    }

    /// A uuid, the RBS gateway's form of an order id.
    pub(crate) fn uuid(self, words: &[&str]) -> String {
        let bytes: [u8; 16] = self.generator(words).random();
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// A ten-digit number, PayOnline's form of a transaction id.
    pub(crate) fn transaction_id(self, words: &[&str]) -> String {
        self.generator(words)
            .random_range(1_000_000_000_u64..10_000_000_000)
            .to_string()
    }

    fn generator(self, words: &[&str]) -> StdRng {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        for word in words {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        StdRng::from_seed(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_decide_the_same_and_bounds_are_exact() {
        let chance = Chance::new(7);
        assert_eq!(chance.uuid(&["a", "b"]), chance.uuid(&["a", "b"]));
        assert_ne!(chance.uuid(&["a", "b"]), chance.uuid(&["ab", ""]));
        assert_ne!(chance.uuid(&["a"]), Chance::new(8).uuid(&["a"]));
        assert!(
            chance.happens(1.0, &["x"]) && !chance.happens(0.0, &["x"]) && !chance.happens(f64::NAN, &["x"])
        );
        let often = (0..1000)
            .filter(|n: &u32| chance.happens(0.3, &[&n.to_string()]))
            .count();
        assert!((200..400).contains(&often), "{often}");
    }
}
