//! Every route, and what stands before all of them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get};
use leptos_axum::generate_route_list;
use tower_http::catch_panic::CatchPanicLayer;

use super::state::AppState;
use super::{
    api, assets, client, compress, desk, device, forms, headers, health, limit, locale, observe, open311, origin,
    pages, photo, plain, proof, rate, several, speak, worker,
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
    // Outermost last. What is cheap and refuses stands outside of what is dear.
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
        .layer(from_fn(compress::compress))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(state.clone(), desk::identify))
        .layer(from_fn(locale::choose))
        .layer(from_fn(device::identify))
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn_with_state(state.clone(), rate::slow))
        .layer(from_fn_with_state(state.clone(), client::identify))
        .layer(from_fn_with_state(state.clone(), limit::in_time))
        .layer(CatchPanicLayer::custom(state.0.plain.on_panic()))
        .layer(from_fn(speak::speak))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn_with_state(state.clone(), proof::prove))
        .layer(from_fn(observe::observe))
        .with_state(state.clone())
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
    use leptos_router::SsrMode;

    use super::*;

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
