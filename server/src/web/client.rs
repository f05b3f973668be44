//! Who is asking: the client's real address, behind as many proxies as are ours.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::HeaderMap;

use super::state::AppState;

/// The address of the connection, put there by the listener.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The address of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

/// How the client reached the outermost proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    #[default]
    Http,
    Https,
}

impl Scheme {
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// Notes who is asking.
pub fn identify(state: &AppState, request: &mut Request) {
    let proxies = state.0.web.trusted_proxies;
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    if let Some(client) = client(peer, request.headers(), proxies) {
        request.extensions_mut().insert(Client(client));
    }
    let scheme = scheme(request.headers(), proxies);
    request.extensions_mut().insert(scheme);
}

/// Each proxy appends the address it was called from: the last `proxies` entries are written by ours, and the first of those is the
/// client. Whatever stands before it the client wrote itself.
fn client(peer: Option<IpAddr>, headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    if proxies == 0 {
        return peer;
    }
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let ours = hops.len().checked_sub(proxies).and_then(|place| hops.get(place));
    ours.and_then(|hop| hop.parse().ok()).or(peer)
}

fn scheme(headers: &HeaderMap, proxies: usize) -> Scheme {
    let told = headers.get("x-forwarded-proto").filter(|_| proxies > 0);
    match told.and_then(|scheme| scheme.to_str().ok()) {
        Some("https") => Scheme::Https,
        _ => Scheme::Http,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| ("x-forwarded-for".parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn of(values: &[&str], proxies: usize) -> String {
        client(Some([10, 0, 0, 9].into()), &forwarded(values), proxies).unwrap().to_string()
    }

    #[test]
    fn a_client_cannot_choose_its_own_address() {
        assert_eq!(of(&["1.1.1.1"], 0), "10.0.0.9");
        assert_eq!(of(&["6.6.6.6, 2.2.2.2"], 1), "2.2.2.2");
        assert_eq!(of(&["6.6.6.6, 2.2.2.2, 10.0.0.1"], 2), "2.2.2.2");
        assert_eq!(of(&["6.6.6.6", "2.2.2.2"], 1), "2.2.2.2");
        assert_eq!(of(&["2001:db8::1"], 1), "2001:db8::1");
    }

    #[test]
    fn a_request_that_came_around_the_proxies_is_the_peers() {
        assert_eq!(of(&[], 1), "10.0.0.9");
        assert_eq!(of(&["1.1.1.1"], 2), "10.0.0.9");
        assert_eq!(of(&["not an address"], 1), "10.0.0.9");
    }
}
