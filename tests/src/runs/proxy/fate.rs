//! What becomes of a request, by seed.

use std::ops::Range;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It passes, and so does its answer.
    Pass,
    /// The connection closes before anything is forwarded.
    CloseBefore,
    /// It is forwarded; its answer is dropped whole.
    DropAnswer,
    /// It is forwarded; its answer lacks so many bytes.
    CutAnswer(usize),
    /// It is forwarded at once; its answer comes after so long.
    DelayAnswer(Duration),
    /// It is forwarded after so long, whether the client still waits or not.
    DelayRequest(Duration),
    /// It is forwarded; the client's connection is reset.
    Reset,
}

/// How often what happens, in thousandths of the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// [`Fate::CloseBefore`].
    pub close_before: u32,
    /// [`Fate::DropAnswer`].
    pub drop_answer: u32,
    /// [`Fate::CutAnswer`].
    pub cut_answer: u32,
    /// [`Fate::DelayAnswer`].
    pub delay_answer: u32,
    /// [`Fate::DelayRequest`].
    pub delay_request: u32,
    /// [`Fate::Reset`].
    pub reset: u32,
    /// How late an answer comes: longer than the client waits.
    pub answer_delay: Duration,
    /// How late a request is forwarded. Its end has to be before the settling time of a system that can only be
    /// looked up: nothing else protects such a system.
    pub request_delay: Range<Duration>,
}

impl Rates {
    /// Everything passes.
    #[must_use]
    pub fn calm() -> Self {
        Self {
            close_before: 0,
            drop_answer: 0,
            cut_answer: 0,
            delay_answer: 0,
            delay_request: 0,
            reset: 0,
            answer_delay: Duration::ZERO,
            request_delay: Duration::ZERO..Duration::from_millis(1),
        }
    }

    /// Every sixth request or so meets something, for a client that waits at most so long.
    #[must_use]
    pub fn storm(client_waits: Duration) -> Self {
        Self {
            close_before: 35,
            drop_answer: 35,
            cut_answer: 35,
            delay_answer: 15,
            delay_request: 20,
            reset: 35,
            answer_delay: client_waits + Duration::from_millis(500),
            request_delay: client_waits / 2..client_waits * 3,
        }
    }

    /// Less often where a document takes many requests: else no try would ever come to its end.
    #[must_use]
    pub fn over(self, requests: u64) -> Self {
        let share = u32::try_from(requests.div_ceil(3)).unwrap_or(u32::MAX).max(1);
        Self {
            close_before: self.close_before / share,
            drop_answer: self.drop_answer / share,
            cut_answer: self.cut_answer / share,
            delay_answer: self.delay_answer / share,
            delay_request: self.delay_request / share,
            reset: self.reset / share,
            ..self
        }
    }

    /// The fate of the `nth` request of a proxy of that seed. The chance of a request is the seed's and its number's
    /// alone: other rates do not change what the next one draws.
    #[must_use]
    pub fn fate(&self, seed: u64, nth: u64) -> Fate {
        let mut chance = StdRng::seed_from_u64(seed ^ nth.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut drawn = chance.random_range(0..1_000_u32);
        let short = chance.random_range(1..=24_usize);
        let delay = chance.random_range(self.request_delay.clone());
        let table = [
            (self.close_before, Fate::CloseBefore),
            (self.drop_answer, Fate::DropAnswer),
            (self.cut_answer, Fate::CutAnswer(short)),
            (self.delay_answer, Fate::DelayAnswer(self.answer_delay)),
            (self.delay_request, Fate::DelayRequest(delay)),
            (self.reset, Fate::Reset),
        ];
        for (rate, fate) in table {
            if drawn < rate {
                return fate;
            }
            drawn -= rate;
        }
        Fate::Pass
    }
}
