//! Answers kept under the merchant's own keys, so that a repeated call does nothing twice.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

/// The kept answers of an account, bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    answers: HashMap<String, (String, Value)>,
    age: VecDeque<String>,
}

/// What a key is known for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Nothing yet.
    No,
    /// The same call: this was the answer.
    Same(Value),
    /// Another call.
    Other,
}

impl Kept {
    /// What `key` is known for, given what is asked now.
    pub(crate) fn repeat(&self, key: &str, request: &str) -> Repeat {
        match self.answers.get(key) {
            None => Repeat::No,
            Some((known, answer)) if known == request => Repeat::Same(answer.clone()),
            Some(_) => Repeat::Other,
        }
    }

    /// Keeps an answer; the oldest goes when there are too many.
    pub(crate) fn keep(&mut self, key: &str, request: &str, answer: Value) {
        let known = self.answers.insert(key.to_owned(), (request.to_owned(), answer));
        if known.is_none() {
            self.age.push_back(key.to_owned());
        }
        if self.age.len() > crate::world::CAPACITY
            && let Some(oldest) = self.age.pop_front()
        {
            self.answers.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_is_good_for_one_call() {
        let mut kept = Kept::default();
        assert_eq!(kept.repeat("k", "a"), Repeat::No);
        kept.keep("k", "a", json!(1));
        assert_eq!(kept.repeat("k", "a"), Repeat::Same(json!(1)));
        assert_eq!(kept.repeat("k", "b"), Repeat::Other);
    }
}
