//! What requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::site::Site;
use feed::Feed;
use hub::Hub;
use store::Place;

use super::headers::Policy;
use super::photo::Room;
use super::plain::Plain;
use super::rate::Rates;
use crate::commands::Failure;
use crate::config::web::WebArgs;

#[derive(Clone)]
pub struct AppState(pub Arc<Shared>);

pub struct Shared {
    pub hub: Hub,
    pub feed: Arc<dyn Feed>,
    pub site: Arc<Site>,
    pub web: WebArgs,
    /// Of Open311 clients.
    pub api_keys: Vec<String>,
    pub place: Place,
    pub policy: Policy,
    pub plain: Plain,
    pub rates: Rates,
    pub room: Room,
    /// Set when the server was told to stop: `/readyz` says so, and balancers look elsewhere.
    stopping: AtomicBool,
}

impl AppState {
    /// # Errors
    /// When a file that the configuration names cannot be read.
    pub fn new(hub: Hub, feed: Arc<dyn Feed>, site: Site, web: WebArgs, place: Place) -> Result<Self, Failure> {
        Ok(Self(Arc::new(Shared {
            api_keys: web.api_keys()?,
            policy: Policy::new(&site.css, web.hsts),
            plain: Plain::new(&site),
            rates: Rates::new(&web),
            room: Room::default(),
            site: Arc::new(site),
            hub,
            feed,
            web,
            place,
            stopping: AtomicBool::new(false),
        })))
    }

    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
pub mod tests {
    use axum::Router;
    use axum::extract::Request;
    use axum::http::{HeaderMap, StatusCode};
    use clap::Parser;
    use http_body_util::BodyExt;
    use tempfile::TempDir;
    use tower::ServiceExt;

    use super::AppState;
    use crate::cli::{Cli, Command};
    use crate::web::router::behind_the_stack;

    /// What `serve` with these flags would share, on a store of its own.
    pub async fn state(more: &[&str]) -> (TempDir, AppState) {
        let data = tempfile::tempdir().unwrap();
        let folder = ["shouwang", "serve", "--data", data.path().to_str().unwrap()];
        let Command::Serve(args) = Cli::parse_from(folder.iter().chain(more)).command else { unreachable!() };
        let (hub, feed) = (args.data.hub(&args.home).await.unwrap(), args.feed.open().await.unwrap());
        let (site, place) = (args.site.site().unwrap(), args.data.place().unwrap());
        (data, AppState::new(hub, feed, site, args.web, place).unwrap())
    }

    /// What came back.
    pub struct Answer {
        pub status: StatusCode,
        pub headers: HeaderMap,
        pub page: String,
    }

    /// Asks other routes than the portal's, behind all that stands before those.
    pub async fn answer(state: &AppState, routes: Router<AppState>, request: Request) -> Answer {
        let response = behind_the_stack(routes, state).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let page = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, page }
    }
}
