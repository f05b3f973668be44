//! Hearing somebody out before refusing.
//!
//! An answer that is sent while the client is still sending may never be seen: the connection is reset under it.

use std::time::Duration;

use axum::body::Body;
use http_body_util::{BodyExt, Limited};

/// No more than this much, in bytes, and no longer than this is listened to for politeness.
const MOST: usize = 1 << 20;
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Reads a body that nobody needs, within bounds.
pub async fn drain(body: Body) {
    let mut body = Limited::new(body, MOST);
    let reading = async { while let Some(Ok(_)) = body.frame().await {} };
    // Whoever takes longer is refused without ceremony.
    let _ = tokio::time::timeout(PATIENCE, reading).await;
}
