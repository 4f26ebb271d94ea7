//! Who is behind a request, when proxies of ours stand between.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::web::Data;
use ipnet::IpNet;

/// Where the proxies are whose word on their clients is taken.
pub(crate) struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub(crate) fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// The address of who sent a request: of the peer, or where that is a trusted proxy the last address in
    /// `X-Forwarded-For` that is not one. What stands before it could have been written by anybody.
    fn client(&self, peer: IpAddr, forwarded: &[&str]) -> IpAddr {
        let mut client = peer.to_canonical();
        let hops = forwarded.iter().flat_map(|line| line.split(','));
        let hops: Vec<_> = hops.collect();
        for hop in hops.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            // A proxy of ours that writes no address leaves us with its own.
            let Some(before) = address(hop.trim()) else { break };
            client = before;
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address| address.to_canonical())
}

/// The address of who sent a request, as far as the proxies that we trust can tell.
pub(crate) fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let lines = request.headers().get_all("x-forwarded-for");
    // A line that is not text could be read as nothing at all, and so move the next one into its place.
    let lines: Option<Vec<_>> = lines.map(|line| line.to_str().ok()).collect();
    let trusted = request.app_data::<Data<TrustedProxies>>();
    Some(match (trusted, lines) {
        (Some(trusted), Some(lines)) => trusted.client(peer, &lines),
        _ => peer.to_canonical(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(networks: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        let client = TrustedProxies::new(networks).client(peer.parse().unwrap(), forwarded);
        client.to_string()
    }

    #[test]
    fn nobody_is_believed_by_default() {
        assert_eq!(client(&[], "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(
            client(&["10.0.0.0/8"], "203.0.113.9", &["198.51.100.1"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn the_last_address_that_is_no_proxy_of_ours_is_the_client() {
        let ours = ["10.0.0.0/8", "fd00::/8"];
        assert_eq!(client(&ours, "10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            client(&ours, "10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(
            client(&ours, "fd00::1", &["1.1.1.1", "198.51.100.1,10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(client(&ours, "10.0.0.1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(client(&ours, "10.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(
            client(&ours, "::ffff:10.0.0.1", &["::ffff:198.51.100.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn where_no_address_is_told_it_is_the_last_one_that_is_known() {
        let ours = ["10.0.0.0/8"];
        assert_eq!(client(&ours, "10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client(&ours, "10.0.0.1", &["198.51.100.1, unknown"]), "10.0.0.1");
        assert_eq!(client(&ours, "10.0.0.1", &["10.0.0.3, 10.0.0.2"]), "10.0.0.3");
    }
}
