//! JSON, indented without being understood: members stay in their order, numbers and texts as they are.

/// `json` with a line for each value. What is no JSON comes out in some form, with everything that was in it.
pub(crate) fn indented(json: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    let mut characters = json.chars().filter(|c| !c.is_control()).peekable();
    while let Some(c) = characters.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while characters.next_if(|c| *c == ' ').is_some() {}
                if let Some(close) = characters.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            ' ' => {}
            c => out.push(c),
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_serde_json_would_write_it() {
        let json = serde_json::json!({"a": [], "b": {}, "c": [1, {"d": "e: \"f\", [\\"}], "g": null, "h": -1.5e3});
        let pretty = serde_json::to_string_pretty(&json).expect("JSON");
        assert_eq!(indented(&json.to_string()), pretty);
        assert_eq!(indented(&pretty), pretty);
    }
}
