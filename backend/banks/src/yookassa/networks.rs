//! From where notifications come.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::settings::SettingsError;

/// What YooKassa publishes; for IPv6 the block that holds its narrower lists.
const PUBLISHED: [&str; 7] = [
    "185.71.76.0/27",
    "185.71.77.0/27",
    "77.75.153.0/25",
    "77.75.154.128/25",
    "77.75.156.11",
    "77.75.156.35",
    "2a02:5180::/32",
];

/// The networks that notifications are taken from.
#[derive(Debug, Clone)]
pub(super) struct Networks(Vec<IpNet>);

impl Networks {
    /// The networks of the settings, or the published ones.
    pub(super) fn new(told: Option<&[String]>) -> Result<Self, SettingsError> {
        let networks: Result<Vec<_>, _> = match told {
            None => PUBLISHED.iter().map(|text| network(text)).collect(),
            Some([]) => Err(wrong("is empty")),
            Some(list) => list.iter().map(|text| network(text)).collect(),
        };
        networks.map(Self)
    }

    /// Whether an address is in one of them. An IPv4 address may come in its IPv6 form.
    pub(super) fn hold(&self, from: IpAddr) -> bool {
        let from = from.to_canonical();
        self.0.iter().any(|network| network.contains(&from))
    }
}

fn network(text: &str) -> Result<IpNet, SettingsError> {
    let text = text.trim();
    let network = text
        .parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| wrong("holds something that is not a network"))?;
    if network.prefix_len() == 0 {
        return Err(wrong("lets everybody in"));
    }
    Ok(network)
}

fn wrong(problem: &str) -> SettingsError {
    SettingsError::new(
        "networks",
        problem,
        "give networks such as \"185.71.76.0/27\", or leave it out for those that YooKassa publishes",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_networks_end_where_they_end() {
        let networks = Networks::new(None).unwrap();
        let holds = |text: &str| networks.hold(text.parse().unwrap());
        for inside in [
            "185.71.76.0",
            "185.71.76.31",
            "185.71.77.1",
            "77.75.153.127",
            "77.75.154.128",
            "77.75.156.11",
            "77.75.156.35",
            "2a02:5180:0:1509::1",
            "::ffff:185.71.76.1",
        ] {
            assert!(holds(inside), "{inside}");
        }
        for outside in [
            "185.71.76.32",
            "77.75.153.128",
            "77.75.154.127",
            "77.75.156.12",
            "2a02:5181::1",
            "127.0.0.1",
        ] {
            assert!(!holds(outside), "{outside}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for list in [
            vec![],
            vec!["yookassa.ru"],
            vec!["0.0.0.0/0"],
            vec!["10.0.0.0/8", "x"],
        ] {
            let list: Vec<String> = list.into_iter().map(str::to_owned).collect();
            assert_eq!(
                Networks::new(Some(&list)).unwrap_err().field,
                "networks",
                "{list:?}"
            );
        }
    }
}
