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
use crate::config::web::WebArgs;

#[derive(Clone)]
pub struct AppState(pub Arc<Shared>);

pub struct Shared {
    pub hub: Hub,
    pub feed: Arc<dyn Feed>,
    pub site: Arc<Site>,
    pub web: WebArgs,
    pub place: Place,
    pub policy: Policy,
    pub plain: Plain,
    pub rates: Rates,
    pub room: Room,
    /// Set when the server was told to stop: `/readyz` says so, and balancers look elsewhere.
    stopping: AtomicBool,
}

impl AppState {
    pub fn new(hub: Hub, feed: Arc<dyn Feed>, site: Site, web: WebArgs, place: Place) -> Self {
        Self(Arc::new(Shared {
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
        }))
    }

    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }
}
