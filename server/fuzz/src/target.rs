//! What is tried.

use crate::{corpus, files, forms, words};

/// Whether an input was borne; else what happened.
pub type Run = Box<dyn FnMut(&[u8]) -> Result<(), String>>;

/// Something that reads what strangers write.
pub struct Target {
    pub name: &'static str,
    /// What the mutations begin with.
    pub corpus: Vec<Vec<u8>>,
    pub run: Run,
    /// It runs in another process, whose panics are not ours.
    pub elsewhere: bool,
}

impl Target {
    pub fn new(
        name: &'static str,
        corpus: Vec<Vec<u8>>,
        run: impl FnMut(&[u8]) -> Result<(), String> + 'static,
    ) -> Self {
        Self { name, corpus, run: Box::new(run), elsewhere: false }
    }

    /// One that runs in another process.
    pub fn elsewhere(
        name: &'static str,
        corpus: Vec<Vec<u8>>,
        run: impl FnMut(&[u8]) -> Result<(), String> + 'static,
    ) -> Self {
        Self { elsewhere: true, ..Self::new(name, corpus, run) }
    }

    /// A function of texts that is to come back.
    fn of_text(name: &'static str, run: fn(&str)) -> Self {
        Self::new(name, corpus::of(name), move |input| {
            run(&String::from_utf8_lossy(input));
            Ok(())
        })
    }
}

/// The targets that need no server: parsers of the model, of configuration and of files.
pub static LOCAL: [(&str, fn() -> Target); 13] = [
    ("place", || Target::of_text("place", words::place)),
    ("words", || Target::of_text("words", words::words)),
    ("report", || Target::of_text("report", forms::report)),
    ("answers", || Target::of_text("answers", forms::answers)),
    ("decode", || Target::of_text("decode", forms::decode)),
    ("forms", || Target::of_text("forms", forms::others)),
    ("calendar", || Target::of_text("calendar", words::calendar)),
    ("routing", || Target::of_text("routing", words::routing)),
    ("gazetteer", || Target::of_text("gazetteer", words::gazetteer)),
    ("import", files::import),
    ("restore", files::restore),
    ("receipt", files::receipt),
    ("picture", files::picture),
];

pub fn local() -> Vec<Target> {
    LOCAL.iter().map(|(_, make)| make()).collect()
}
