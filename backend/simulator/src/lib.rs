//! Banks and an accounting system over HTTP that speak the real wire formats and can be told to misbehave.
