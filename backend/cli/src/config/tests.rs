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
