//! What is dear to make and asked for by many: made by one of them, and shown to all for a moment.

use std::sync::{Arc, Mutex};

/// How long it is shown before it is made anew, in milliseconds.
const FRESH: i64 = 2_000;
/// How old it may be while somebody makes it anew.
const STALE: i64 = 60_000;

/// The last one, and who makes the next.
pub(crate) struct Fresh<T> {
    last: Mutex<Option<(i64, Arc<T>)>>,
    making: tokio::sync::Mutex<()>,
}

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Self { last: Mutex::default(), making: tokio::sync::Mutex::default() }
    }
}

impl<T> Fresh<T> {
    /// The last one while it is fresh. Then the first who comes makes another; whoever comes meanwhile gets the last one without waiting,
    /// and waits only where there is none, or none that may still be shown.
    ///
    /// # Errors
    /// Those of `make`, for whoever made it: the next one tries again.
    pub async fn get<E>(&self, now: i64, make: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E> {
        if let Some(last) = self.last(now, FRESH) {
            return Ok(last);
        }
        let _making = match (self.making.try_lock(), self.last(now, STALE)) {
            (Ok(making), _) => making,
            (Err(_), Some(last)) => return Ok(last),
            (Err(_), None) => self.making.lock().await,
        };
        // Somebody may have made it while we waited.
        if let Some(last) = self.last(now, FRESH) {
            return Ok(last);
        }
        let made = Arc::new(make.await?);
        if let Ok(mut last) = self.last.lock() {
            *last = Some((now, made.clone()));
        }
        Ok(made)
    }

    fn last(&self, now: i64, age: i64) -> Option<Arc<T>> {
        let last = self.last.lock().ok()?;
        // It may have been made by somebody who came after us; a clock that was set back makes it old.
        last.as_ref().filter(|(at, _)| (-FRESH..age).contains(&(now - at))).map(|(_, last)| last.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    type Made = Result<u32, &'static str>;

    #[tokio::test]
    async fn a_crowd_has_one_made_and_the_next_when_it_is_old() {
        let (fresh, made) = (Fresh::<u32>::default(), AtomicU32::new(0));
        let make = async || -> Made {
            tokio::task::yield_now().await;
            Ok(made.fetch_add(1, Ordering::Relaxed))
        };
        let (one, other, third) = tokio::join!(fresh.get(0, make()), fresh.get(1, make()), fresh.get(2, make()));
        assert_eq!([*one.unwrap(), *other.unwrap(), *third.unwrap()], [0; 3]);
        assert_eq!(*fresh.get(FRESH - 1, make()).await.unwrap(), 0);
        assert_eq!(*fresh.get(FRESH, make()).await.unwrap(), 1);
        assert_eq!(*fresh.get(-FRESH, make()).await.unwrap(), 2, "the clock was set back");
    }

    #[tokio::test]
    async fn nobody_waits_while_it_is_made_anew_but_for_what_is_too_old() {
        let (fresh, go) = (Arc::new(Fresh::<u32>::default()), Arc::new(Notify::new()));
        fresh.get(0, async { Made::Ok(1) }).await.unwrap();
        let (begun, maker) = (Arc::new(Notify::new()), fresh.clone());
        let (start, wait) = (begun.clone(), go.clone());
        let making = tokio::spawn(async move {
            let make = async {
                start.notify_one();
                wait.notified().await;
                Made::Ok(2)
            };
            *maker.get(FRESH, make).await.unwrap()
        });
        begun.notified().await;
        let never = || async { Made::Err("somebody else makes it") };
        assert_eq!(*fresh.get(FRESH + 1, never()).await.unwrap(), 1, "the last one, at once");
        let (late, from) = (fresh.clone(), STALE + 1);
        let late = tokio::spawn(async move { *late.get(from, async { Made::Ok(3) }).await.unwrap() });
        go.notify_one();
        assert_eq!((making.await.unwrap(), late.await.unwrap()), (2, 3));
    }

    #[tokio::test]
    async fn a_failure_is_of_whoever_made_it() {
        let fresh = Fresh::<u32>::default();
        assert_eq!(fresh.get(0, async { Made::Err("away") }).await, Err("away"));
        assert_eq!(*fresh.get(0, async { Made::Ok(7) }).await.unwrap(), 7);
    }
}
