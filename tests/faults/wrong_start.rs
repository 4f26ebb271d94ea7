//! A start that cannot be: refused in words, with the exit status that scripts rely on.

use sverka_tests::process::{Database, Engine, run};

const GOOD: &str = "jwt_secret = \"a secret that only this test knows of\"\n";

fn folder_with(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sverka.toml"), config).expect("the configuration is written");
    folder
}

#[test]
fn serve_and_worker_refuse_a_server_without_migrations_and_name_the_remedy() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let database = Database::new(Engine::Postgres, nowhere.path());
    let folder = folder_with(&format!("{GOOD}database_url = \"{}\"\n", database.url));
    for command in ["serve", "worker"] {
        let refused = run(folder.path(), &[command], "");
        assert_eq!(refused.status, Some(1), "{refused:?}");
        assert!(refused.err.contains("run `sverka migrate`"), "{refused:?}");
        let password = database.url.split([':', '@']).nth(2).expect("a password");
        assert!(!refused.err.contains(password), "the password is in the open");
    }
    let migrated = run(folder.path(), &["migrate"], "");
    assert_eq!(migrated.status, Some(0), "{migrated:?}");
    let again = run(folder.path(), &["migrate"], "");
    assert_eq!(again.status, Some(0), "{again:?}");
    assert!(again.out.contains("the database was up to date"), "{again:?}");
}

#[test]
fn a_wrong_configuration_is_refused_with_status_1_file_line_and_remedy() {
    let folder = folder_with(&format!("{GOOD}\npublic_url = \"pay.example.ru\"\n"));
    for command in [["serve"].as_slice(), &["config", "check"], &["migrate"]] {
        let refused = run(folder.path(), command, "");
        assert_eq!(refused.status, Some(1), "{command:?}: {refused:?}");
        assert!(refused.err.contains("sverka.toml:3: public_url"), "{refused:?}");
        assert!(refused.err.contains("https://"), "the remedy: {refused:?}");
    }
    let folder = folder_with(&format!("{GOOD}\n\nlisten_on = \"127.0.0.1:1\"\n"));
    let refused = run(folder.path(), &["config", "check"], "");
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(refused.err.contains("sverka.toml:4:"), "{refused:?}");
    assert!(refused.err.contains("listen_on"), "{refused:?}");
}

#[test]
fn wrong_use_is_refused_with_status_2() {
    let folder = folder_with(GOOD);
    let wrong: [&[&str]; 4] = [
        &[],
        &["serv"],
        &["serve", "--no-such-option"],
        &["user", "add", "a@example.ru"],
    ];
    for command in wrong {
        let refused = run(folder.path(), command, "");
        assert_eq!(refused.status, Some(2), "{command:?}: {refused:?}");
    }
    let good = run(folder.path(), &["config", "check"], "");
    assert_eq!(good.status, Some(0), "{good:?}");
}
