//! Waiting for what must become true, and never for a fixed time.

use std::time::{Duration, Instant};

/// Long enough for a machine that does much else; a test that waits this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(150);

/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// Waits until something is there.
pub fn found<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        std::thread::sleep(LOOK);
    }
}

/// Waits until something holds.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    found(what, || holds().then_some(()));
}
