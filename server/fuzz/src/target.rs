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
    fn of_text(name: &'static str, corpus: Vec<Vec<u8>>, run: fn(&str)) -> Self {
        Self::new(name, corpus, move |input| {
            run(&String::from_utf8_lossy(input));
            Ok(())
        })
    }
}

/// The targets that need no server: parsers of the model, of configuration and of files.
pub fn local() -> Vec<Target> {
    vec![
        Target::of_text("place", corpus::places(), words::place),
        Target::of_text("words", corpus::words(), words::words),
        Target::of_text("report", corpus::reports(), forms::report),
        Target::of_text("answers", corpus::answers(), forms::answers),
        Target::of_text("forms", corpus::forms(), forms::others),
        Target::of_text("calendar", corpus::calendars(), words::calendar),
        Target::of_text("routing", corpus::routings(), words::routing),
        Target::of_text("gazetteer", corpus::gazetteers(), words::gazetteer),
        files::import(),
        files::restore(),
        files::receipt(),
        files::picture(),
    ]
}
