//! A hand on the raw connection, for the faults that HTTP has no words for.

use std::any::Any;
use std::io::Write;
use std::net::{Shutdown, TcpStream};

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream as ServerStream;
use actix_web::{HttpRequest, HttpResponse};

/// A second handle on the socket of a connection.
struct Wire(TcpStream);

/// Keeps the second handle beside each new connection.
pub(crate) fn remember(io: &dyn Any, data: &mut Extensions) {
    if let Some(stream) = io.downcast_ref::<ServerStream>()
        && let Some(twin) = twin(stream)
    {
        data.insert(Wire(twin));
    }
}

#[cfg(unix)]
fn twin(stream: &ServerStream) -> Option<TcpStream> {
    use std::os::fd::AsFd;
    stream.as_fd().try_clone_to_owned().ok().map(TcpStream::from)
}

#[cfg(windows)]
fn twin(stream: &ServerStream) -> Option<TcpStream> {
    use std::os::windows::io::AsSocket;
    stream.as_socket().try_clone_to_owned().ok().map(TcpStream::from)
}

/// Closes the connection without another byte. The answer is for the framework only: nobody will see it.
pub(crate) fn cut(request: &HttpRequest) -> HttpResponse {
    if let Some(Wire(stream)) = request.conn_data::<Wire>() {
        // It fails when the peer was first to go, which comes to the same.
        let _ = stream.shutdown(Shutdown::Both);
    }
    HttpResponse::InternalServerError().force_close().finish()
}

/// Writes the status line, the headers and half of the body, then closes.
pub(crate) fn cut_halfway(request: &HttpRequest, body: &str) -> HttpResponse {
    if let Some(Wire(stream)) = request.conn_data::<Wire>() {
        let half = body.as_bytes().get(..body.len() / 2).unwrap_or_default();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut writer = stream;
        let _ = writer
            .write_all(head.as_bytes())
            .and_then(|()| writer.write_all(half));
    }
    cut(request)
}
