//! What every page needs to know of the installation it belongs to.

use std::sync::Arc;

use leptos::prelude::use_context;
use model::category::Service;

pub use crate::parts::fixed::Written;

/// One installation: its telephone numbers, its look, its address.
#[derive(Clone, Debug)]
pub struct Site {
    /// Whom to call, in the order in which they are shown.
    pub numbers: Vec<(Service, String)>,
    /// The style sheet, written into every page.
    pub css: String,
    /// The stem of the script's files under `/pkg`; `None` when the browser half was not built, and pages do without.
    pub script: Option<String>,
    /// `https://host`, without a path, for links that leave the page: QR codes. `None`: it is taken from the request.
    pub origin: Option<String>,
    /// Phones keep pages, and what people send while there is no network.
    pub offline: bool,
    /// The store holds demonstration data, and every page says so.
    pub demo: bool,
    /// What is the same on every page.
    pub written: Written,
}

impl Site {
    /// The number of a service, if the installation has one.
    pub fn number(&self, service: Service) -> Option<&str> {
        self.numbers.iter().find(|(one, _)| *one == service).map(|(_, number)| number.as_str())
    }

    /// The numbers to call when a life may be in danger: whoever answers for `what` comes first, then the others.
    pub fn urgent(&self, what: Option<Service>) -> Vec<(Service, &str)> {
        let urgent =
            |service: Service| Some(service) == what || (service != Service::Hotline && service != Service::Traffic);
        let numbers = self.numbers.iter().filter(|(service, _)| urgent(*service));
        let mut numbers: Vec<_> = numbers.map(|(service, number)| (*service, number.as_str())).collect();
        numbers.sort_by_key(|(service, _)| Some(*service) != what);
        numbers
    }
}

impl Default for Site {
    /// The numbers of mainland China, and nothing else.
    fn default() -> Self {
        let numbers = [
            (Service::Fire, "119"),
            (Service::Ambulance, "120"),
            (Service::Police, "110"),
            (Service::Traffic, "122"),
            (Service::Hotline, "12345"),
        ];
        Self {
            numbers: numbers.map(|(service, number)| (service, number.to_owned())).to_vec(),
            css: String::new(),
            script: None,
            origin: None,
            offline: true,
            demo: false,
            written: Written::default(),
        }
    }
}

/// The installation of the page that is being made.
pub(crate) fn site() -> Arc<Site> {
    use_context().unwrap_or_default()
}

/// Where the reader sees the portal: `https://host`.
#[derive(Clone, Debug)]
pub struct Origin(pub String);

/// The secret of the session that the request came with.
#[derive(Clone)]
pub struct Session(pub String);

/// Absolute addresses start with this.
pub(crate) fn origin() -> String {
    use_context::<Origin>().map(|origin| origin.0).unwrap_or_default()
}
