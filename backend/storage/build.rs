//! A new migration is compiled in without anything else having changed.

#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
