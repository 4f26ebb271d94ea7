//! A file as a body, on its way to a temporary file: it is never in memory as a whole.

use std::fs::File;

use actix_web::dev::Payload;
use actix_web::{HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _, BufWriter};

use crate::problem::{ErrorCode, Problem};

/// The greatest file that is taken, in bytes.
pub(crate) const MAX_FILE: u64 = 64 * 1024 * 1024;

/// A file that was sent, and the digest of its bytes. It is gone when it is closed.
#[derive(Debug)]
pub(crate) struct Uploaded {
    pub(crate) file: File,
    pub(crate) digest: [u8; 32],
}

/// Reads a body into a temporary file.
pub(crate) async fn receive(request: &HttpRequest, mut payload: Payload) -> Result<Uploaded, Problem> {
    if !request
        .content_type()
        .eq_ignore_ascii_case("application/octet-stream")
    {
        return Err(Problem::new(
            ErrorCode::UnsupportedMediaType,
            "send the bytes of the file as Content-Type: application/octet-stream",
        ));
    }
    let file = tempfile::tempfile().map_err(|error| Problem::internal(&error))?;
    let mut writer = BufWriter::new(tokio::fs::File::from_std(file));
    let (mut length, mut digest) = (0_u64, Sha256::new());
    while let Some(chunk) = payload.next().await {
        let chunk = chunk
            .map_err(|_| Problem::new(ErrorCode::BadRequest, "the body could not be read to its end"))?;
        length += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if length > MAX_FILE {
            return Err(Problem::new(
                ErrorCode::PayloadTooLarge,
                "a file is 64 MiB at most",
            ));
        }
        digest.update(&chunk);
        writer
            .write_all(&chunk)
            .await
            .map_err(|error| Problem::internal(&error))?;
    }
    writer.flush().await.map_err(|error| Problem::internal(&error))?;
    let mut file = writer.into_inner();
    file.rewind().await.map_err(|error| Problem::internal(&error))?;
    Ok(Uploaded {
        file: file.into_std().await,
        digest: digest.finalize().into(),
    })
}
