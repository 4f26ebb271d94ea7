//! The stored form of what is known: short. What nobody said is left out of it, since most of it is never said, and it is
//! read back with every row of the journal.

/// Whether a value is what is read where there is none.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
