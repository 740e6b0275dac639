//! What the pages say of each operation: the files of `tests/data/`, of which `shared.txt` says how they are written.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What the page of one operation says.
pub struct Facts {
    /// Its `operationId`, after which the file is named.
    pub operation: String,
    sections: Sections,
    shared: Sections,
}

/// The lines under each heading.
type Sections = Vec<(String, Vec<String>)>;

/// Where an operation is, what it takes, and the status of its success.
pub struct Place {
    /// In small letters.
    pub method: String,
    /// With its parameters in braces.
    pub path: String,
    /// `-` where there is no body.
    pub media_type: String,
    /// A status.
    pub success: String,
}

fn folder() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|it| it.join("tests/data"));
    let mut found = found.filter(|it| it.join("shared.txt").is_file());
    found.next().expect("tests/data of the workspace")
}

fn sections(path: &Path) -> Sections {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut sections = Sections::new();
    for line in text.lines().map(str::trim_end) {
        match (line.strip_prefix("== "), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading.to_owned(), Vec::new())),
            _ if line.is_empty() || line.starts_with('#') => {}
            (None, Some((_, lines))) => lines.push(line.to_owned()),
            (None, None) => panic!("{}: {line}: a heading first", path.display()),
        }
    }
    sections
}

impl Facts {
    /// What all pages say, by the names of the operations.
    pub fn all() -> Vec<Facts> {
        let files = fs::read_dir(folder()).expect("a folder");
        let names = files.map(|file| file.expect("a file").path());
        let names = names.filter_map(|it| it.file_stem()?.to_str().map(str::to_owned));
        let mut names: Vec<String> = names.filter(|name| name != "shared").collect();
        names.sort();
        names.iter().map(|name| Facts::of(name)).collect()
    }

    /// What the page of an operation says.
    pub fn of(operation: &str) -> Facts {
        Facts {
            operation: operation.to_owned(),
            sections: sections(&folder().join(format!("{operation}.txt"))),
            shared: sections(&folder().join("shared.txt")),
        }
    }

    /// Where the operation is.
    pub fn place(&self) -> Place {
        let rows = self.rows("operation");
        let words: Vec<&str> = rows.iter().flat_map(|it| it.split(' ')).collect();
        let [method, path, media_type, success] = words[..] else {
            panic!("{}: {rows:?}", self.operation)
        };
        let [method, path, media_type, success] =
            [method, path, media_type, success].map(str::to_owned);
        Place {
            method,
            path,
            media_type,
            success,
        }
    }

    /// The lines of a section with one space between words; none where the page has no such section.
    pub fn rows(&self, name: &str) -> Vec<String> {
        let lines = self.named(name).flat_map(|(_, lines)| lines);
        lines.flat_map(|line| self.expanded(line, "")).collect()
    }

    /// The headings of the sections with the parts of a request or a response.
    pub fn parts(&self) -> Vec<&str> {
        let headings = self.sections.iter().map(|(heading, _)| heading.as_str());
        let is_part = |it: &&str| {
            matches!(*it, "path" | "query" | "header" | "cookie" | "form")
                || it.parse::<u16>().is_ok()
        };
        headings.filter(is_part).collect()
    }

    /// The lines of a section of `shared.txt`.
    pub fn block(&self, name: &str) -> Vec<String> {
        let found = self.shared.iter().find(|(heading, _)| heading == name);
        let (_, lines) = found.unwrap_or_else(|| panic!("shared.txt has no {name}"));
        lines
            .iter()
            .flat_map(|line| self.expanded(line, ""))
            .collect()
    }

    /// Status and type of each error.
    pub fn errors(&self) -> Vec<(u16, String)> {
        let rows = self.rows("errors").into_iter().map(|row| {
            let (status, name) = row.split_once(':').expect("status:type");
            (status.parse().expect("a status"), name.to_owned())
        });
        rows.collect()
    }

    /// The examples of requests.
    pub fn requests(&self) -> Vec<Value> {
        self.json("request")
    }

    /// The example of the response; `None` where it has no body.
    pub fn response(&self) -> Option<Value> {
        self.json("response").pop()
    }

    /// The curl lines of pages: the page, and pairs of an option and its argument.
    pub fn curl_lines(&self) -> Vec<(&str, Vec<(&str, &str)>)> {
        let lines = self.sections.iter().filter_map(|(heading, lines)| {
            let pairs = lines
                .iter()
                .map(|line| line.split_once(' ').expect("an option with an argument"));
            Some((heading.strip_prefix("curl ")?, pairs.collect()))
        });
        lines.collect()
    }

    fn json(&self, name: &str) -> Vec<Value> {
        let texts = self.named(name).map(|(_, lines)| lines.join("\n"));
        let values = texts.map(|text| serde_json::from_str(&text));
        values
            .map(|value| value.unwrap_or_else(|error| panic!("{} {name}: {error}", self.operation)))
            .collect()
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &(String, Vec<String>)> {
        self.sections
            .iter()
            .filter(move |(heading, _)| heading == name)
    }

    /// A line, or the lines of the block that it stands for.
    fn expanded(&self, line: &str, prefix: &str) -> Vec<String> {
        // A line that is indented has an empty path.
        let (path, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let prefix = format!("{prefix}{path}");
        let rest: Vec<&str> = rest.split_whitespace().collect();
        match rest.as_slice() {
            ["*", block @ ..] => {
                let (_, lines) = self
                    .shared
                    .iter()
                    .find(|it| it.0 == block.join(" "))
                    .unwrap_or_else(|| panic!("shared.txt has no {block:?}"));
                lines
                    .iter()
                    .flat_map(|line| self.expanded(line, &prefix))
                    .collect()
            }
            rest => vec![format!("{prefix} {}", rest.join(" ")).trim_end().to_owned()],
        }
    }
}
