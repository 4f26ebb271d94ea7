//! A port that a program can be started on again and again.

use std::net::{Ipv4Addr, TcpListener};

use super::environment::unique;

/// Below the range that the kernel hands out for outgoing connections: while the program is dead, nobody takes it.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A port that nobody listens on.
pub(crate) fn free() -> u16 {
    let start = unique();
    let tries = (0..200_u64).map(|nth| start.wrapping_add(nth.wrapping_mul(7919)));
    tries
        .map(|number| FIRST + u16::try_from(number % u64::from(COUNT)).unwrap_or(0))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("some port is free")
}
