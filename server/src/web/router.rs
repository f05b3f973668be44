//! Every route, and what stands before all of them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get};
use leptos_axum::generate_route_list;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use super::state::AppState;
use super::{
    admit, api, assets, compress, forms, headers, health, limit, observe, open311, pages, photo, plain, proof, several,
    speak, worker,
};

/// Where forms are posted: the page's own path, and the server function that takes them.
const FORMS: [(&str, &str); 15] = [
    ("/report", "/act/report/send"),
    (several::PATH, several::ACT),
    ("/track/{secret}", "/act/report/note"),
    ("/track/{secret}/more", "/act/report/more"),
    ("/track/{secret}/consent", "/act/report/withdraw"),
    ("/receipt/verify", "/act/receipt/verify"),
    ("/mine", "/act/mine/ask"),
    ("/desk/notices", "/act/desk/tell-again"),
    ("/desk/enter/{link}", "/act/desk/enter"),
    ("/desk/leave", "/act/desk/leave"),
    ("/desk/report/{key}", "/act/desk/move"),
    ("/desk/report/{key}/redact", "/act/desk/redact"),
    ("/desk/report/{key}/near", "/act/desk/join"),
    ("/desk/flood", "/act/desk/release"),
    ("/desk/incident/{key}", "/act/desk/together"),
];

pub fn router(state: &AppState) -> Router {
    behind_the_stack(routes(), state)
}

fn routes() -> Router<AppState> {
    Router::new()
        .merge(pages())
        .merge(open311::routes())
        .merge(photo::routes())
        .merge(api::routes())
        .route("/open.csv", get(pages::counts))
        .route("/solved.csv", get(pages::solved))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/.well-known/shouwang-keys.json", get(proof::keys))
        .route("/sw.js", get(worker::serve))
        .route("/offline/{*path}", get(assets::serve))
        .route("/pkg/{*path}", get(assets::serve))
        .route("/icon.svg", get(assets::serve))
        .route("/manifest.webmanifest", get(assets::serve))
        .route("/robots.txt", get(assets::serve))
        .fallback(pages::elsewhere)
        .method_not_allowed_fallback(plain::wrong_method)
}

/// Routes with everything that stands before them.
pub fn behind_the_stack(routes: Router<AppState>, state: &AppState) -> Router {
    // Outermost first, and few: each copies all below it for every request. One layer of them all, for as layers of their own each would
    // put every route into another box.
    let stack = ServiceBuilder::new()
        .layer(from_fn(observe::observe))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(speak::speak))
        .layer(CatchPanicLayer::custom(state.0.plain.on_panic()))
        .layer(from_fn_with_state(state.clone(), limit::in_time))
        .layer(from_fn_with_state(state.clone(), admit::admit))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(compress::compress));
    routes.layer(stack).with_state(state.clone())
}

/// The pages as the application lists them, each with its form, if it has one.
fn pages() -> Router<AppState> {
    let mut router = Router::new();
    for page in generate_route_list(app::App) {
        let mut methods: MethodRouter<AppState> = get(pages::page);
        if let Some((_, act)) = FORMS.iter().find(|(path, _)| *path == page.path()) {
            methods = methods.post(move |state, request| forms::post(act, state, request));
        }
        router = router.route(page.path(), methods);
    }
    router
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::StatusCode;
    use leptos_router::SsrMode;

    use super::*;
    use crate::web::state::tests::{answer, state};

    async fn defect() -> StatusCode {
        panic!("a defect")
    }

    #[tokio::test]
    async fn a_request_that_panics_is_answered_in_both_languages_with_whom_to_call() {
        let (_data, state) = state(&["--hsts"]).await;
        let routes = || Router::new().route("/", get(defect));
        let answer = answer(&state, routes(), Request::new(Body::empty())).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        for words in
            ["我们这里出了差错", "Something went wrong on our side", "遇到危险请立即拨打", "In danger? Call now"]
        {
            assert!(answer.page.contains(words), "{words} is not in {}", answer.page);
        }
        for number in ["110", "119", "120", "122", "12345"] {
            assert!(answer.page.contains(&format!("href=\"tel:{number}\"")), "{number} is not in {}", answer.page);
        }
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.headers[name], value, "{name}");
        }
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self'; ") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(!answer.headers["x-request-id"].is_empty());
        assert!(!answer.page.contains("a defect"), "what went wrong stands in the log alone");
    }

    #[test]
    fn every_page_is_complete_before_it_is_sent() {
        let pages = generate_route_list(app::App);
        assert!(pages.len() >= 5);
        for page in pages {
            assert_eq!(page.mode(), &SsrMode::Async, "{}", page.path());
        }
    }

    #[test]
    fn every_form_belongs_to_a_page_and_to_an_act() {
        let pages: Vec<String> = generate_route_list(app::App).iter().map(|page| page.path().to_owned()).collect();
        let acts: Vec<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
        for (path, act) in FORMS {
            assert!(pages.iter().any(|page| page == path), "{path}");
            assert!(acts.contains(&act), "{act} is not among {acts:?}");
        }
        assert_eq!(acts.len(), FORMS.len(), "an act that no form posts to: {acts:?}");
    }
}
