//! The script that wasm-bindgen writes, made smaller.
//!
//! No parser: the script is generated, one statement a line, and where that does not hold nothing is changed.

use std::collections::BTreeMap;

/// Short names for what the module imports. The long ones end in a hash each, stand in both files, and no
/// compression helps against them. Only a name that the script mentions once, as the key of a function, gets another.
pub fn short_names<'a>(script: &str, imports: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, String> {
    let once = |name: &&str| {
        let mut parts = script.split(name);
        let (before, after) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        parts.next().is_none() && before.ends_with(char::is_whitespace) && after.starts_with(": function")
    };
    let long = imports.into_iter().filter(once).map(str::to_owned);
    long.enumerate().map(|(n, name)| (name, letters(n))).collect()
}

/// a, b, … z, aa, ab, …
fn letters(mut n: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a'.wrapping_add(u8::try_from(n % 26).unwrap_or_default())));
        if n < 26 {
            return name;
        }
        n = n / 26 - 1;
    }
}

/// The script with the names that [`short_names`] chose.
pub fn renamed(script: &str, short: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(script.len());
    for line in script.split_inclusive('\n') {
        let key = line.split_once(": function").map(|(key, rest)| (key.trim_start(), rest));
        match key.and_then(|(key, rest)| Some((short.get(key)?, rest))) {
            Some((name, rest)) => text.push_str(&format!("{name}: function{rest}")),
            None => text.push_str(line),
        }
    }
    text
}

/// Drops whole-line comments, blank lines and leading white space.
pub fn minified(script: &str) -> String {
    // Inside a template literal that spans lines, white space is content.
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut kept = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if line.starts_with("/*") && !line.get(2..).is_some_and(|rest| rest.contains("*/")) {
            in_comment = true;
        } else if !(line.is_empty() || line.starts_with("//") || line.starts_with("/*") && line.ends_with("*/")) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_get_short_names_where_that_is_safe() {
        let script = "return {\n        __wbg_a_12: function(x) { return x; },\n        __wbg_b_34: function() { return handleError(1); },\n        __wbg_c_56: function() {},\n    };\n__wbg_c_56();\n__wbg_d_78: 1\n";
        let names = short_names(script, ["__wbg_a_12", "__wbg_b_34", "__wbg_c_56", "__wbg_d_78", "__wbg_e_90"]);
        let listed: Vec<(&str, &str)> = names.iter().map(|(long, short)| (long.as_str(), short.as_str())).collect();
        assert_eq!(listed, [("__wbg_a_12", "a"), ("__wbg_b_34", "b")]);
        let text = renamed(script, &names);
        assert!(
            text.starts_with("return {\na: function(x) { return x; },\nb: function() { return handleError(1); },\n")
        );
        assert!(text.ends_with("        __wbg_c_56: function() {},\n    };\n__wbg_c_56();\n__wbg_d_78: 1\n"));
    }

    #[test]
    fn a_name_that_is_part_of_another_is_left_alone() {
        let script = " __wbg_a_1: function() {},\n __wbg_a_12: function() {},\n";
        let names = short_names(script, ["__wbg_a_1", "__wbg_a_12", "_a_12"]);
        assert_eq!(names.into_keys().collect::<Vec<_>>(), ["__wbg_a_12"]);
    }

    #[test]
    fn short_names_never_repeat() {
        let names: BTreeMap<String, usize> = (0..2000).map(|n| (letters(n), n)).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script = "/* @ts-self-types */\n\n/**\n * Says `hello`.\n * @param {string} s\n */\nexport function a(s) {\n    // why\n    return s + \"// no comment\"; // stays\n}\n";
        assert_eq!(minified(script), "export function a(s) {\nreturn s + \"// no comment\"; // stays\n}\n");
    }

    #[test]
    fn code_behind_a_comment_on_its_line_stays() {
        assert_eq!(minified("  /* a */ b();\n/* c\nd */\ne();"), "/* a */ b();\ne();\n");
    }

    #[test]
    fn a_template_over_lines_is_left_alone() {
        let script = "// a\nconst s = `x\n    // y\n`;\n";
        assert_eq!(minified(script), script);
    }
}
