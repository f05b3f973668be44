//! The service worker, which keeps what people send while there is no network; or, where it is switched off, one that takes itself away.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::assets;
use super::state::AppState;

/// Takes over from the worker of a phone that was here before, and is gone then. What was kept stays, and the page of what waits sends it.
const GONE: &str = "self.addEventListener('install',()=>self.skipWaiting());\
     self.addEventListener('activate',(event)=>event.waitUntil(self.registration.unregister()\
     .then(()=>caches.keys()).then((names)=>Promise.all(names.map((name)=>caches.delete(name))))));\n";

pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let mut response = if state.0.site.offline {
        assets::serve(request).await
    } else {
        ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], GONE).into_response()
    };
    // The browser has to see a new version when there is one.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
