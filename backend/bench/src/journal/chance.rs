//! Chance that repeats itself: splitmix64, by Sebastiano Vigna.

use uuid::Builder;

/// A stream of numbers that its seed decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a row: as good as independent of any other row's.
    #[must_use]
    pub fn of(seed: u64, row: u64) -> Self {
        let mut chance =
            Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ row.wrapping_mul(0xd129_0d3a_0b1c_59e7));
        chance.draw();
        chance
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: u64) -> u64 {
        self.draw() % end
    }

    /// True in so many of a thousand cases.
    pub fn permille(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One of them.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let nth = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all[nth]
    }

    /// One of them, each with its weight; the weights come to a thousand.
    pub fn weighed<T: Copy>(&mut self, all: &[(T, u64)]) -> T {
        let mut left = self.below(1000);
        for (one, weight) in all {
            if left < *weight {
                return *one;
            }
            left -= weight;
        }
        all[0].0
    }

    /// A UUIDv7 of that millisecond.
    pub fn id(&mut self, millisecond: i64) -> uuid::Uuid {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.draw().to_be_bytes());
        random[8..].copy_from_slice(&self.draw().to_be_bytes()[..2]);
        Builder::from_unix_timestamp_millis(millisecond.unsigned_abs(), &random).into_uuid()
    }
}
