//! No request takes for ever.
//!
//! An answer has a time of its own. What comes before it has bounds of its own, and takes nothing of that time: how long a form may take to
//! arrive, and how long it is held back when its sender comes too often.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::photo;
use super::state::AppState;

/// How long sending photos may take in all: 100 MB on a slow line.
const UPLOAD: Duration = Duration::from_secs(30 * 60);

tokio::task_local! {
    /// The clock of the request under way.
    static CLOCK: Clock;
}

/// When an answer is given up.
struct Clock {
    patience: Duration,
    end: watch::Sender<Instant>,
}

impl Clock {
    fn start(patience: Duration, wait: Duration) -> (Self, watch::Receiver<Instant>) {
        let (end, over) = watch::channel(Instant::now() + wait + patience);
        (Self { patience, end }, over)
    }
}

/// The answer's time begins anew, after a wait that has a bound of its own.
pub fn begin_after(wait: Duration) {
    let begin = |clock: &Clock| clock.end.send_replace(Instant::now() + wait + clock.patience);
    // What runs for no request has no clock.
    let _ = CLOCK.try_with(begin);
}

pub async fn in_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // Photos take as long as they keep coming: each piece has a time of its own.
    let patience = if photo::is_upload(&request) { UPLOAD } else { state.0.web.answer_time() };
    let brings_nothing = request.method().is_safe();
    let wait = if brings_nothing { Duration::ZERO } else { state.0.web.body_time() };
    let (clock, end) = Clock::start(patience, wait);
    tokio::select! {
        response = CLOCK.scope(clock, next.run(request)) => response,
        () = over(end) => {
            tracing::warn!("a request was given up");
            state.0.plain.answer(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Comes back when the end is there and was not put off.
async fn over(mut end: watch::Receiver<Instant>) {
    loop {
        let at = *end.borrow_and_update();
        if timeout_at(at, end.changed()).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use axum::Router;
    use axum::body::Body;
    use axum::http::Method;
    use axum::routing::any;

    use super::*;
    use crate::web::state::tests::{answer, state};

    /// What is answered by somebody who waits, then does something, within a second of his own.
    async fn answered(method: Method, act: impl Fn() + Clone + Send + Sync + 'static) -> StatusCode {
        let (_data, state) = state(&["--body-seconds", "30", "--answer-seconds", "1"]).await;
        let routes = Router::new().route(
            "/",
            any(move || {
                act();
                pending::<StatusCode>()
            }),
        );
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        let answer = answer(&state, routes, request).await;
        assert_eq!(answer.headers["retry-after"], "30");
        assert!(answer.page.contains("tel:119"), "{}", answer.page);
        answer.status
    }

    #[tokio::test]
    async fn an_answer_that_takes_too_long_is_given_up_with_whom_to_call() {
        assert_eq!(answered(Method::GET, || {}).await, StatusCode::SERVICE_UNAVAILABLE);
        // The body is here: what is left of the time for it is nobody's any more.
        let arrived = || begin_after(Duration::ZERO);
        assert_eq!(answered(Method::POST, arrived).await, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn the_time_begins_when_the_wait_is_over() {
        let (started, wait) = (Instant::now(), Duration::from_millis(500));
        let (clock, end) = Clock::start(wait, wait);
        CLOCK
            .scope(clock, async {
                begin_after(wait * 2);
                over(end).await;
            })
            .await;
        assert!(started.elapsed() >= wait * 3, "{:?}", started.elapsed());
    }
}
