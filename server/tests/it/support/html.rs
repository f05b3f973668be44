//! Pages as a browser reads them: a tokenizer of the HTML standard, and on top of it the few rules of tree construction that matter here.
//! A page whose elements are not closed in order is refused: where somebody's words have become elements, it shows.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::form::Form;

/// Elements without content.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// One element, with all text inside of it.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
    /// Places of the elements around it, the innermost last.
    around: Vec<usize>,
}

/// A page: its elements in the order in which they begin.
#[derive(Debug)]
pub struct Page {
    pub elements: Vec<Element>,
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Page {
    pub fn read(html: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = text(&tag.name);
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                    let is_void = VOID.contains(&name.as_str()) || tag.self_closing;
                    elements.push(Element { name, attributes, text: String::new(), around: open.clone() });
                    if !is_void {
                        open.push(elements.len() - 1);
                    }
                }
                Token::EndTag(tag) => {
                    let ended = open.pop().map(|place| elements[place].name.clone());
                    assert_eq!(ended.as_deref(), Some(text(&tag.name).as_str()), "closed out of order in {html}");
                }
                Token::String(piece) => {
                    let piece = text(&piece);
                    open.iter().for_each(|place| elements[*place].text.push_str(&piece));
                }
                // Leptos leaves two marks: where the head of the document was put in, and between texts.
                Token::Comment(comment) => assert!(["", "HEAD"].contains(&text(&comment).as_str()), "{comment:?}"),
                Token::Doctype(_) => assert!(elements.is_empty()),
                // The one mistake that is let pass: a control character that somebody typed is there, as typed.
                Token::Error(error) => {
                    let error = error.to_string();
                    // And the empty marks `<!>` of Leptos.
                    let passes = [
                        "control-character-in-input-stream",
                        "noncharacter-in-input-stream",
                        "incorrectly-opened-comment",
                        // A carriage return is written so: it is the only way.
                        "control-character-reference",
                    ];
                    assert!(passes.contains(&error.as_str()), "{error} in {html}");
                }
            }
        }
        assert!(open.is_empty(), "something is never closed in {html}");
        for element in elements.iter_mut().filter(|element| element.name == "textarea") {
            // "If the next token is a U+000A LINE FEED (LF) character token, then ignore that token."
            if let Some(rest) = element.text.strip_prefix('\n') {
                element.text = rest.to_owned();
            }
        }
        Self { elements }
    }

    pub fn all(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The only element of its name.
    pub fn one(&self, name: &str) -> &Element {
        let all: Vec<&Element> = self.all(name).collect();
        assert_eq!(all.len(), 1, "<{name}>");
        all[0]
    }

    pub fn with_class(&self, class: &str) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.has_class(class))
    }

    /// Elements of a name inside of another, which is found by its name and class.
    pub fn within(&self, outer: (&str, &str), name: &str) -> Vec<&Element> {
        let is_outer = |place: &usize| {
            let element: &Element = &self.elements[*place];
            element.name == outer.0 && (outer.1.is_empty() || element.has_class(outer.1))
        };
        self.all(name).filter(|element| element.around.iter().any(is_outer)).collect()
    }

    /// The value of the text field or hidden field of a name.
    pub fn field(&self, name: &str) -> &str {
        let named = |element: &&Element| element.attribute("name") == Some(name);
        let control = self.elements.iter().find(named).unwrap_or_else(|| panic!("no field {name}"));
        if control.name == "textarea" { &control.text } else { control.attribute("value").unwrap_or_default() }
    }

    /// The only form that is written into: the one for photos has nothing to write.
    fn form_place(&self) -> usize {
        let forms = self.elements.iter().enumerate().filter(|(_, element)| element.name == "form");
        let written: Vec<usize> =
            forms.filter(|(_, form)| !form.has_class("photo-form")).map(|(place, _)| place).collect();
        assert_eq!(written.len(), 1, "<form>");
        written[0]
    }

    /// The form that is written into.
    pub fn form_element(&self) -> &Element {
        &self.elements[self.form_place()]
    }

    /// Elements of a name in the form that is written into.
    pub fn in_form(&self, name: &str) -> Vec<&Element> {
        let place = self.form_place();
        self.all(name).filter(|element| element.around.contains(&place)).collect()
    }

    /// The form of the page as a browser would send it, untouched.
    pub fn form(&self) -> Form {
        let place = self.form_place();
        assert_eq!(self.elements[place].attribute("method"), Some("post"));
        let mut fields = Form(Vec::new());
        for element in self.elements.iter().filter(|element| element.around.contains(&place)) {
            // A button is sent only when it is pressed.
            let Some(name) = element.attribute("name").filter(|_| element.name != "button") else { continue };
            let kind = element.attribute("type").unwrap_or_default();
            if ["radio", "checkbox"].contains(&kind) && element.attribute("checked").is_none() {
                continue;
            }
            let value = if element.name == "textarea" {
                // Browsers send line breaks as CR LF.
                element.text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
            } else {
                element.attribute("value").unwrap_or_default().to_owned()
            };
            fields.0.push((name.to_owned(), value));
        }
        fields
    }

    /// What somebody typed, as the tracking page shows it: place, position, what happened, contact. `None`: nothing.
    pub fn sent(&self) -> Vec<Option<String>> {
        let spans = self.within(("dl", "sent"), "span");
        let typed = spans.into_iter().filter(|span| span.has_class("verbatim") || span.has_class("none"));
        typed.map(|span| span.has_class("verbatim").then(|| span.text.clone())).collect()
    }

    /// The notes, oldest first.
    pub fn notes(&self) -> Vec<String> {
        let spans = self.within(("ol", "history"), "span");
        spans.into_iter().filter(|span| span.has_class("verbatim")).map(|span| span.text.clone()).collect()
    }

    /// Every telephone number to press.
    pub fn numbers(&self) -> BTreeSet<String> {
        let links = self.all("a").filter_map(|link| link.attribute("href")?.strip_prefix("tel:"));
        links.map(str::to_owned).collect()
    }

    /// The tables of the page: rows of cells of text.
    pub fn tables(&self) -> Vec<Vec<Vec<String>>> {
        let within = |outer: usize, names: &'static [&'static str]| {
            let inside = move |(_, element): &(usize, &Element)| {
                names.contains(&element.name.as_str()) && element.around.contains(&outer)
            };
            self.elements.iter().enumerate().filter(inside)
        };
        let tables = self.elements.iter().enumerate().filter(|(_, element)| element.name == "table");
        tables
            .map(|(table, _)| {
                let rows = within(table, &["tr"]);
                rows.map(|(row, _)| within(row, &["td", "th"]).map(|(_, cell)| cell.text.clone()).collect()).collect()
            })
            .collect()
    }

    /// Every kind of element on the page, with the names of its attributes.
    pub fn vocabulary(&self) -> BTreeSet<String> {
        self.elements
            .iter()
            .map(|element| {
                let attributes: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
                format!("{} {}", element.name, attributes.join(" "))
            })
            .collect()
    }
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
    }
}
