//! What is told, in either format: the JSON of the standard is a mechanical mapping of its XML.

use std::fmt::Write;

use jiff::Timestamp;

/// A value of an answer.
#[derive(Clone, Debug)]
pub enum Value {
    /// Not known, or nobody's business.
    Null,
    Text(String),
    Number(f64),
    Whole(usize),
    Truth(bool),
    /// Elements of one name.
    List(&'static str, Vec<Value>),
    Record(Vec<(&'static str, Value)>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A moment in UTC milliseconds, as ISO 8601 has it.
    pub fn time(millis: i64) -> Self {
        Self::Text(Timestamp::from_millisecond(millis).unwrap_or_default().to_string())
    }

    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Whole(number) => (*number).into(),
            Self::Truth(truth) => (*truth).into(),
            Self::List(_, values) => values.iter().map(Self::json).collect(),
            Self::Record(fields) => fields.iter().map(|(name, value)| ((*name).to_owned(), value.json())).collect(),
        }
    }

    /// An XML document (1.0) whose root element is `root`.
    pub fn xml(&self, root: &str) -> String {
        let mut xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
        self.element(root, &mut xml);
        xml
    }

    fn element(&self, name: &str, xml: &mut String) {
        // Writing to a string cannot fail.
        let _ = write!(xml, "<{name}>");
        match self {
            Self::Null => {}
            Self::Text(text) => escape(text, xml),
            Self::Number(number) => drop(write!(xml, "{number}")),
            Self::Whole(number) => drop(write!(xml, "{number}")),
            Self::Truth(truth) => drop(write!(xml, "{truth}")),
            Self::List(of, values) => values.iter().for_each(|value| value.element(of, xml)),
            Self::Record(fields) => fields.iter().for_each(|(name, value)| value.element(name, xml)),
        }
        let _ = write!(xml, "</{name}>");
    }
}

/// Characters that XML 1.0 has no way to write (section 2.2) are left out.
fn escape(text: &str, xml: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\r' => xml.push_str("&#13;"),
            '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => xml.push(letter),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_say_the_same() {
        let code = Value::Record(vec![
            ("code", Value::text("12G00")),
            ("metadata", Value::Truth(false)),
            ("lat", Value::Null),
        ]);
        let list = Value::List("service", vec![code]);
        assert_eq!(list.json(), serde_json::json!([{ "code": "12G00", "metadata": false, "lat": null }]));
        let xml = list.xml("services");
        let element = "<services><service><code>12G00</code><metadata>false</metadata><lat></lat></service></services>";
        assert!(xml.ends_with(element), "{xml}");
    }

    #[test]
    fn no_text_leaves_its_element() {
        let xml = Value::text("</a>&\u{0}\u{b}\r\u{fffe}火").xml("a");
        assert!(xml.ends_with("<a>&lt;/a&gt;&amp;&#13;火</a>"), "{xml}");
    }
}
