//! A wrong configuration is refused with the line and the remedy.

use std::io::Write as _;

use super::read;
use crate::environment::Environment;

const SECRET: (&str, &str) = ("SVERKA_JWT_SECRET", "0123456789abcdef0123456789abcdef");

fn faults(text: &str, environment: Environment) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("written");
    match read(Some(file.path()), &environment) {
        Ok(_) => String::new(),
        Err(errors) => errors
            .to_string()
            .replace(&file.path().display().to_string(), "sverka.toml"),
    }
}

#[test]
fn the_example_is_a_good_configuration() {
    let example = include_str!("../../../../sverka.example.toml");
    let environment = Environment::from([
        SECRET,
        ("SBER_PASSWORD", "p"),
        ("SBER_CALLBACK_SECRET", "s"),
        ("PAYONLINE_KEY", "k"),
        ("CRM_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    ]);
    assert_eq!(faults(example, environment), "");
}

/// The connections that the example has as comments.
fn commented_connections(example: &str) -> Vec<String> {
    let is_setting = |line: &str| {
        let key = line.split_once(" = ").map(|(key, _)| key);
        line.starts_with('[') || key.is_some_and(|key| !key.is_empty() && !key.contains(' '))
    };
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for line in example.lines() {
        let line = line
            .strip_prefix('#')
            .map(|line| line.strip_prefix(' ').unwrap_or(line));
        if line.is_none() || line == Some("[[connections]]") {
            blocks.extend(current.take());
        }
        if line == Some("[[connections]]") {
            current = Some(String::new());
        }
        if let (Some(block), Some(line)) = (&mut current, line.filter(|line| is_setting(line))) {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks.extend(current);
    blocks
}

#[test]
fn the_connections_that_the_example_has_as_comments_are_good_too() {
    let example = include_str!("../../../../sverka.example.toml");
    let blocks = commented_connections(example);
    let kinds = ["onec_odata", "onec_http"];
    for kind in kinds {
        assert!(
            blocks
                .iter()
                .any(|block| block.contains(&format!("kind = \"{kind}\""))),
            "{kind}"
        );
    }
    for block in blocks {
        let names = block.split("{ env = \"").skip(1);
        let names: Vec<&str> = names.filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
        let secrets = names.into_iter().map(|name| match name {
            // An address that is itself the secret.
            "BITRIX24_WEBHOOK" => (name, "https://portal.example/rest/1/code/"),
            _ => (name, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        });
        let environment = Environment::of(secrets.chain([SECRET]));
        assert_eq!(faults(&block, environment), "", "{block}");
    }
}

#[test]
fn settings_of_a_connection_may_be_tables_and_hold_references() {
    let text = |password: &str| {
        format!(
            "[[connections]]\nname = \"a\"\nkind = \"onec_odata\"\nurl = \"https://c.example/odata/standard.odata/\"\n\
             user_name = \"u\"\npassword = {password}\ntimezone = \"Europe/Moscow\"\n[connections.payment]\n\
             entity = \"Document_A\"\namount = \"B\"\n[connections.payment.constants]\nC = {{ env = \"KEY\" }}\n"
        )
    };
    let environment = || Environment::from([SECRET, ("KEY", "k")]);
    assert_eq!(faults(&text("{ env = \"KEY\" }"), environment()), "");
    let told = faults(&text("{ env = \"OTHER\" }"), environment());
    assert!(
        told.contains("the environment variable OTHER is not set"),
        "{told}"
    );
    let told = faults(&text("{ evn = \"KEY\" }"), environment());
    assert!(told.contains("see sverka.example.toml"), "{told}");
}

#[test]
fn nothing_but_a_secret_is_needed() {
    assert_eq!(faults("", Environment::from([SECRET])), "");
    assert!(faults("", Environment::default()).contains("jwt_secret is missing; make one with"));
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let told = faults(
        "listen = \"127.0.0.1:1\"\ncolour = \"red\"\n",
        Environment::from([SECRET]),
    );
    assert!(told.starts_with("sverka.toml:2: "), "{told}");
    assert!(told.contains("colour"), "{told}");
}

#[test]
fn a_missing_secret_is_refused_with_its_line_and_its_name() {
    let text = "\n[[bank_accounts]]\nbank = \"sber\"\nname = \"main\"\nbase_url = \"https://bank.example/rest/\"\n\
                user_name = \"u\"\npassword = { env = \"NOT_SET\" }\n";
    let told = faults(text, Environment::from([SECRET]));
    assert!(
        told.starts_with("sverka.toml:2: bank account sber/main: password: "),
        "{told}"
    );
    assert!(told.contains("set NOT_SET"), "{told}");
}

#[test]
fn two_accounts_of_one_name_are_refused() {
    let account = "[[bank_accounts]]\nbank = \"payonline\"\nname = \"club\"\nbase_url = \"https://p.example/\"\n\
                   merchant_id = \"1\"\nprivate_security_key = \"k\"\n";
    let told = faults(&format!("{account}{account}"), Environment::from([SECRET]));
    assert!(
        told.starts_with("sverka.toml:7: there are two bank accounts payonline/club"),
        "{told}"
    );
}

#[test]
fn an_unknown_key_of_an_account_is_refused() {
    let text = "[[bank_accounts]]\nbank = \"payonline\"\nname = \"club\"\nbase_url = \"https://p.example/\"\n\
                merchant_id = \"1\"\nprivate_security_key = \"k\"\npasword = \"x\"\n";
    let told = faults(text, Environment::from([SECRET]));
    assert!(
        told.starts_with("sverka.toml:1: bank account payonline/club: "),
        "{told}"
    );
    assert!(told.contains("pasword"), "{told}");
}

#[test]
fn all_faults_are_told_at_once() {
    let text = "listen = \"here\"\npublic_url = \"pay.example.ru\"\n[[merchants]]\ncode = \"a\"\ntitle = \"A\"\n\
                timezone = \"Mars/Base\"\n";
    assert_eq!(faults(text, Environment::default()).lines().count(), 4);
}

#[test]
fn the_environment_is_over_the_file() {
    let environment = Environment::from([SECRET, ("SVERKA_LISTEN", "nowhere")]);
    assert!(faults("listen = \"127.0.0.1:1\"\n", environment).contains("\"nowhere\" is not an address"));
}

#[test]
fn a_channel_of_alarms_is_read_whole_or_refused_with_its_line() {
    let webhook = "[[alarms]]\nkind = \"webhook\"\nurl = \"https://alarms.example/\"\n\
                   secret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"\n";
    let good = format!("{webhook}quiet_hours = \"23:00-08:00\"\nlanguage = \"en\"\n");
    assert_eq!(faults(&good, Environment::from([SECRET])), "");
    for (text, expected) in [
        (
            format!("{webhook}{webhook}"),
            "sverka.toml:5: there are two channels of alarms webhook",
        ),
        (
            format!("{webhook}quiet_hours = \"at night\"\n"),
            "sverka.toml:1: alarms webhook: quiet_hours: ",
        ),
        (
            format!("{webhook}language = \"de\"\n"),
            "sverka.toml:1: alarms webhook: language: ",
        ),
        (
            format!("{webhook}colour = \"red\"\n"),
            "sverka.toml:1: alarms webhook: ",
        ),
        (
            webhook.replace("https", "http"),
            "sverka.toml:1: alarms webhook: url: is not https",
        ),
        (
            webhook.replace("\"webhook\"", "\"pigeon\""),
            "sverka.toml:1: alarms pigeon: ",
        ),
        (
            "[[alarms]]\nkind = \"telegram\"\ntoken = { env = \"NOT_SET\" }\nchat_id = -100\n".to_owned(),
            "sverka.toml:1: alarms telegram: token: ",
        ),
        (
            "[[alarms]]\nkind = \"email\"\nhost = \"mail.example\"\nfrom = \"a@b.example\"\nto = []\n"
                .to_owned(),
            "sverka.toml:1: alarms email: to: is empty",
        ),
    ] {
        let told = faults(&text, Environment::from([SECRET]));
        assert!(told.starts_with(expected), "{told}");
    }
}

#[test]
fn a_network_of_trusted_proxies_has_to_be_one() {
    let good = "trusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\", \"fd00::/8\"]";
    assert_eq!(faults(good, Environment::from([SECRET])), "");
    let told = faults(
        "trusted_proxies = [\n\"10.0.0.0/8\",\n\"proxy\"]",
        Environment::from([SECRET]),
    );
    assert!(
        told.starts_with("sverka.toml:3: trusted_proxies: \"proxy\" is not a network"),
        "{told}"
    );
}

#[test]
fn a_replica_is_of_postgresql_only_and_its_password_is_not_repeated() {
    let environment = || Environment::from([SECRET]);
    let replica = "database_read_url = \"postgres://sverka:s3cret@replica/sverka\"\n";
    let told = faults(replica, environment());
    assert!(
        told.starts_with("sverka.toml:1: database_read_url is given, and database_url names no PostgreSQL"),
        "{told}"
    );
    assert!(told.contains("leave database_read_url"), "{told}");
    assert!(!told.contains("s3cret"), "{told}");
    let told = faults(
        "database_url = \"postgres://a@b/c\"\ndatabase_read_url = \"mysql://a:s3cret@b/c\"\n",
        environment(),
    );
    assert!(
        told.contains("sverka.toml:2: database_read_url does not begin with postgres://"),
        "{told}"
    );
    assert!(!told.contains("s3cret"), "{told}");
    let good = format!("database_url = \"postgres://a@b/c\"\n{replica}");
    assert_eq!(faults(&good, environment()), "");
    let by_environment = Environment::from([SECRET, ("DATABASE_READ_URL", "postgres://a:s3cret@b/c")]);
    let told = faults("", by_environment);
    assert!(told.contains("database_read_url is given"), "{told}");
}

#[test]
fn raw_notifications_are_kept_for_ever_or_for_a_month_at_least() {
    let environment = || Environment::from([SECRET]);
    assert_eq!(
        faults("[retention]\nnotifications_days = 30\n", environment()),
        ""
    );
    let told = faults("\n[retention]\nnotifications_days = 29\n", environment());
    assert!(told.contains("notifications_days = 29 is too short"), "{told}");
    assert!(told.starts_with("sverka.toml:2"), "{told}");
    let told = faults("[retention]\ndays = 400\n", environment());
    assert!(told.contains("days"), "{told}");
}
