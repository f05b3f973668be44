//! Answers as the form sends them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What stands before the code of a question in the name of its field.
const PREFIX: &str = "q-";

/// Values by the code of the question: one value, or several where several may be chosen. Nothing is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// From the fields of a form, as `("q-trapped", "yes")`. Other fields, and fields left empty, are passed over.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            if let Some(code) = name.strip_prefix(PREFIX)
                && !value.trim().is_empty()
            {
                answers.0.entry(code.to_owned()).or_default().push(value.to_owned());
            }
        }
        answers
    }

    /// The values given to a question; none when it was not answered.
    pub fn of(&self, code: &str) -> &[String] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }

    /// The values by code, as routing reads them.
    pub fn map(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn set(&mut self, code: &str, values: Vec<String>) {
        self.0.insert(code.to_owned(), values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_name_is_several_values_in_their_order() {
        let answers = Answers::from_pairs([("q-near", "fuel"), ("what", "smoke"), ("q-near", "gas"), ("q-floor", " ")]);
        assert_eq!(answers.of("near"), ["fuel", "gas"]);
        assert_eq!(answers.map().len(), 1);
        assert!(answers.of("floor").is_empty());
        assert!(Answers::from_pairs([("near", "fuel")]).is_empty());
    }
}
