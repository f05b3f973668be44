//! Trying a target on many inputs, and keeping the one that it did not bear.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Instant;

use crate::mutate::{Numbers, mutated};
use crate::target::Target;

/// What panicked while a target ran, in any thread.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LISTENING: AtomicBool = AtomicBool::new(false);
static ALONE: Mutex<()> = Mutex::new(());

/// When to stop.
#[derive(Clone, Copy)]
pub enum Until {
    Inputs(u64),
    Time(Instant),
}

impl Until {
    fn goes_on(self, tried: u64) -> bool {
        match self {
            Self::Inputs(inputs) => tried < inputs,
            Self::Time(end) => Instant::now() < end,
        }
    }
}

/// An input that a target did not bear.
#[derive(Debug)]
pub struct Found {
    pub input: Vec<u8>,
    pub what: String,
}

impl Found {
    /// Writes the input beside the build, and says where.
    pub fn keep(&self, target: &str) -> std::io::Result<PathBuf> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz");
        std::fs::create_dir_all(&folder)?;
        // FNV-1a: one file for one input.
        let name = self.input.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let file = folder.join(format!("{target}-{name:016x}"));
        std::fs::write(&file, &self.input)?;
        file.canonicalize()
    }
}

/// Tries every entry of the corpus, then mutations. How many inputs were tried.
///
/// # Errors
/// The first input that was not borne.
pub fn drive(target: &mut Target, seed: u64, until: Until) -> Result<u64, Found> {
    let mut numbers = Numbers::new(seed);
    let mut tried = 0;
    while until.goes_on(tried) {
        let whole = usize::try_from(tried).ok().and_then(|place| target.corpus.get(place));
        let input = whole.cloned().unwrap_or_else(|| mutated(&target.corpus, &mut numbers));
        one(target, input)?;
        tried += 1;
    }
    Ok(tried)
}

/// Tries one input.
///
/// # Errors
/// When it was not borne.
pub fn one(target: &mut Target, input: Vec<u8>) -> Result<(), Found> {
    let run = &mut target.run;
    if target.elsewhere {
        return run(&input).map_err(|what| Found { input, what });
    }
    // What panics meanwhile, in any thread, is this target's.
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    listen();
    LISTENING.store(true, Ordering::SeqCst);
    let outcome = catch_unwind(AssertUnwindSafe(|| run(&input)));
    LISTENING.store(false, Ordering::SeqCst);
    let panics = std::mem::take(&mut *panics());
    match outcome {
        Ok(Ok(())) if panics.is_empty() => Ok(()),
        Ok(Err(what)) => Err(Found { input, what }),
        _ => Err(Found { input, what: panics.join("; ") }),
    }
}

fn panics() -> MutexGuard<'static, Vec<String>> {
    PANICS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes down what panics while a target runs, in place of printing it.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if LISTENING.load(Ordering::SeqCst) { panics().push(panic.to_string()) } else { print(panic) }
        }));
    });
}
