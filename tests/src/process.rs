//! The real program, in processes that can be killed.
