//! The style sheet: `style/main.css` and what it imports, as one file.

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Features, Targets};

use crate::failure::{Failure, Result};
use crate::place::Place;
use crate::step;

/// The oldest phones we still dress well: nesting and range queries are rewritten for them and prefixes added.
/// Colours, selectors and logical properties stay as written. What would stand in for them is longer, and wrong
/// in right-to-left pages or where people choose the theme.
fn targets() -> Targets {
    let version = |major: u32| Some(major << 16);
    Targets {
        browsers: Some(Browsers {
            chrome: version(80),
            android: version(80),
            edge: version(80),
            samsung: version(13),
            firefox: version(78),
            safari: version(13),
            ios_saf: version(13),
            ..Browsers::default()
        }),
        include: Features::empty(),
        exclude: Features::Colors.union(Features::DirSelector).union(Features::LogicalProperties),
    }
}

pub fn bundle(place: &Place) -> Result<Vec<u8>> {
    step::quiet("bundle style/main.css", |note| {
        let main = place.root.join("style/main.css");
        let provider = FileProvider::new();
        let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
        let mut sheet = bundler.bundle(&main).map_err(|error| Failure::new(format!("style: {error}")))?;
        let minify = MinifyOptions { targets: targets(), ..MinifyOptions::default() };
        sheet.minify(minify).map_err(|error| Failure::new(format!("style: {error}")))?;
        let print = PrinterOptions { minify: true, targets: targets(), ..PrinterOptions::default() };
        let css = sheet.to_css(print).map_err(|error| Failure::new(format!("style: {error}")))?.code;
        *note = format!("{} bytes", css.len());
        Ok(css.into_bytes())
    })
}
