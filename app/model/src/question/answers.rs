//! Answers as the form sends them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values by the code of the question: one value, or several where several may be chosen. Nothing is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>", into = "BTreeMap<String, Vec<String>>")]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl From<BTreeMap<String, Vec<String>>> for Answers {
    fn from(fields: BTreeMap<String, Vec<String>>) -> Self {
        let mut answers = Self::default();
        for (code, values) in fields {
            values.into_iter().for_each(|value| answers.add(&code, value));
        }
        answers
    }
}

impl From<Answers> for BTreeMap<String, Vec<String>> {
    fn from(answers: Answers) -> Self {
        answers.0
    }
}

/// The name of the field in a form that takes the answer to a question: `answers[trapped][]`.
pub fn field_name(code: &str) -> String {
    ["answers[", code, "][]"].concat()
}

impl Answers {
    /// From pairs of a code and a value.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut answers = Self::default();
        pairs.into_iter().for_each(|(code, value)| answers.add(code, value.to_owned()));
        answers
    }

    /// Adds a value; a field left empty is no answer.
    pub fn add(&mut self, code: &str, value: String) {
        if !value.trim().is_empty() {
            self.0.entry(code.to_owned()).or_default().push(value);
        }
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

    /// The answers that are one of several given: codes without anything personal, fit for the open event log.
    pub fn choices(&self, questions: &[super::Question]) -> BTreeMap<String, Vec<String>> {
        let chosen = questions.iter().filter(|question| !question.kind.choices().is_empty());
        chosen
            .filter_map(|question| self.0.get_key_value(question.code))
            .map(|(code, values)| (code.clone(), values.clone()))
            .collect()
    }

    /// Puts these values in the place of those that were given.
    pub fn set(&mut self, code: &str, values: Vec<String>) {
        self.0.insert(code.to_owned(), values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_name_is_several_values_in_their_order() {
        let answers = Answers::from_pairs([("near", "fuel"), ("near", "gas"), ("floor", " ")]);
        assert_eq!(answers.of("near"), ["fuel", "gas"]);
        assert_eq!(answers.map().len(), 1);
        assert!(answers.of("floor").is_empty());
        assert!(Answers::from_pairs([("near", "")]).is_empty());
    }

    #[test]
    fn a_field_left_empty_is_no_answer_however_it_comes() {
        let fields = BTreeMap::from([("floor".to_owned(), vec![String::new()]), ("near".to_owned(), Vec::new())]);
        assert!(Answers::from(fields).is_empty());
    }
}
