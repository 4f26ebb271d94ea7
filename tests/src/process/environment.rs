//! The one place that reads the tests' environment and chance.

use std::path::PathBuf;

/// The program under test: `SVERKA_BIN`, or the one that was built beside this test.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub(super) fn binary() -> PathBuf {
    let binary = std::env::var_os("SVERKA_BIN").map_or_else(beside, PathBuf::from);
    assert!(
        binary.is_file(),
        "there is no program {}: run `cargo build --workspace --bin sverka`, or name one in SVERKA_BIN",
        binary.display()
    );
    binary
}

/// A test is `target/PROFILE/deps/NAME`, a run `target/PROFILE/NAME`, the program `target/PROFILE/sverka`.
fn beside() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it stands");
    let folder = test.parent().expect("a program stands in a folder");
    let profile = if folder.ends_with("deps") {
        folder.parent().expect("deps stands in a folder")
    } else {
        folder
    };
    profile.join("sverka")
}

/// What the environment says of `name`, for runs that are told how large they are to be.
///
/// # Panics
/// When it is not what is wanted.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn told<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    let told = text.parse().ok();
    assert!(told.is_some(), "{name}={text} makes no sense");
    told
}

/// The server of PostgreSQL that the tests may make databases on, as its administrator.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub(super) fn server() -> String {
    std::env::var("SVERKA_TEST_DATABASE_URL")
        .expect("SVERKA_TEST_DATABASE_URL names no server of PostgreSQL: run `make test`")
}

/// The seed of a test's chance, printed, so that a run that failed can be repeated by `SVERKA_TEST_SEED`.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the one place that reads the environment and chance; the seed is shown beside a failure"
)]
pub fn seed() -> u64 {
    let told = std::env::var("SVERKA_TEST_SEED").ok();
    let seed = told.map_or_else(
        || u64::from(rand::random::<u32>()),
        |text| text.parse().expect("SVERKA_TEST_SEED is a number"),
    );
    eprintln!("SVERKA_TEST_SEED={seed}");
    seed
}

/// A name that no other test has.
#[expect(clippy::disallowed_methods, reason = "the one place that reads chance")]
pub(super) fn unique() -> u64 {
    rand::random()
}
