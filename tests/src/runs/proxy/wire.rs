//! As much of HTTP/1.1 as a proxy needs that passes bytes on: where a request ends, and that each has a connection of
//! its own.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than any client of a run waits.
const LONGEST: Duration = Duration::from_secs(300);
/// Larger than any request of a run.
const MAX: usize = 8 * 1024 * 1024;

/// Reads one request; `None` when the client closed before it was whole.
pub(in crate::runs) async fn request(client: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if client.read_buf(&mut bytes).await? == 0 || bytes.len() > MAX {
            return Ok(None);
        }
    };
    let (head, body) = bytes.split_at(head);
    let (head, length) = of_its_own(&String::from_utf8_lossy(head))?;
    let mut body = body.to_vec();
    while body.len() < length {
        if client.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    let mut whole = head.into_bytes();
    whole.extend(body);
    Ok(Some(whole))
}

/// The head with `connection: close`, and the length of the body.
fn of_its_own(head: &str) -> io::Result<(String, usize)> {
    let mut length = 0;
    let mut kept = String::new();
    for line in head.trim_end().split("\r\n") {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let value = line.split_once(':').map_or("", |(_, value)| value.trim());
        match name.as_str() {
            "connection" => continue,
            "transfer-encoding" => return Err(io::Error::other("no client of ours sends chunks")),
            "content-length" => length = value.parse().map_err(io::Error::other)?,
            _ => {}
        }
        if length > MAX {
            return Err(io::Error::other("too long"));
        }
        kept.push_str(line);
        kept.push_str("\r\n");
    }
    kept.push_str("connection: close\r\n\r\n");
    Ok((kept, length))
}

/// Sends a request and reads its answer to the end.
pub(super) async fn exchange(to: SocketAddr, request: Vec<u8>) -> io::Result<Vec<u8>> {
    let whole = async {
        let mut server = TcpStream::connect(to).await?;
        server.write_all(&request).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        Ok(answer)
    };
    timeout(LONGEST, whole).await?
}
