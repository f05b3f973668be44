//! The script that wasm-bindgen writes, without its comments and indentation.
//!
//! No parser: the script is generated, one statement a line, and where that does not hold nothing is changed.

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
