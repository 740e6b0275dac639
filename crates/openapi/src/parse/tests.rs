use crate::{Diagnostics, Document, Node, Position, Source, codes};

/// The tree, without which the text is not worth a test, and what was reported.
fn read(name: &str, text: &str) -> (Option<Document>, String) {
    let mut diagnostics = Diagnostics::default();
    let document = Document::parse(&Source { name, text }, &mut diagnostics);
    (document, diagnostics.to_string())
}

/// The root of a text without fault.
#[track_caller]
fn root(name: &str, text: &str) -> Node {
    let (document, report) = read(name, text);
    assert_eq!(report, "nothing to report");
    document.unwrap().root
}

#[track_caller]
fn json_of(yaml: &str) -> String {
    serde_json::to_string(&root("x.yaml", yaml)).unwrap()
}

#[track_caller]
fn assert_report(name: &str, text: &str, expected: &str) {
    assert_eq!(read(name, text).1, expected);
}

/// Compares with a snapshot below the crate's `tests`.
fn assert_kept(name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/diagnostics");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn every_kind_of_finding_has_a_test_of_its_text() {
    let tests = [
        include_str!("tests.rs"),
        include_str!("../../tests/diagnostics/readable.snap"),
        include_str!("../../tests/diagnostics/syntax.snap"),
    ];
    for code in codes::PARSE {
        let name = format!("[{}]", code.name);
        assert!(tests.iter().any(|text| text.contains(&name)), "{name}");
    }
}

fn place(node: &Node) -> (u32, u32) {
    (node.at.line, node.at.column)
}

#[test]
fn keys_and_values_know_where_they_stand() {
    let text = "a: 1\nlist:\n  - x\n  -  {ä: ö, z: [1]}\ntext: |\n  b\n";
    let root = root("x.yaml", text);
    assert_eq!(place(&root), (1, 1));
    assert_eq!(place(root.get("a").unwrap()), (1, 4));
    let list = root.entry("list").unwrap();
    assert_eq!(list.at, Position { line: 2, column: 1 });
    assert_eq!(place(&list.value), (3, 3));
    let object = &list.value.items()[1];
    assert_eq!(place(object), (4, 6));
    assert_eq!(place(object.get("ä").unwrap()), (4, 10));
    assert_eq!(
        object.entry("z").unwrap().at,
        Position {
            line: 4,
            column: 13
        }
    );
}

#[test]
fn an_absent_value_stands_at_its_key() {
    let root = root("x.yaml", "a: 1\nb:\nc: 2\n");
    assert!(root.get("b").unwrap().is_null());
    assert_eq!(place(root.get("b").unwrap()), (2, 1));
}

#[test]
fn positions_in_json_count_characters_from_one() {
    let root = root(
        "x.json",
        "\u{feff}{\"ä\": 1,\r\n\t\"b\": [true, \"é\", {\"c\": null}]}",
    );
    assert_eq!(place(&root), (1, 1));
    assert_eq!(place(root.get("ä").unwrap()), (1, 7));
    assert_eq!(root.entry("b").unwrap().at, Position { line: 2, column: 2 });
    assert_eq!(
        place(root.get("b").unwrap().items()[2].get("c").unwrap()),
        (2, 25)
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = root("x.yaml", "a: 1\nb: |\n  x\n  y\n");
    let windows = root("x.yaml", "\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\n");
    assert_eq!(plain, windows);
    assert_eq!(place(windows.get("a").unwrap()), (1, 4));
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    assert_eq!(
        json_of(
            "[yes, on, No, y, 2024-01-01, 1_000, 0b1, +.inf_, 1e, .e1, e1, 1e+, 1.2.3, ++1, 1-2, ., 0x, 0o8, -0x1, 12:30:45, null, ~, Null, \
             True, FALSE, 12, -7, +3, 007, 0o17, 0x1F, 1.5, .5, 2., 1e3, -1.25E-2]"
        ),
        r#"["yes","on","No","y","2024-01-01","1_000","0b1","+.inf_","1e",".e1","e1","1e+","1.2.3","++1","1-2",".","0x","0o8","-0x1","12:30:45",null,null,null,true,false,12,-7,3,7,15,31,1.5,0.5,2.0,1000.0,-0.0125]"#
    );
}

#[test]
fn quotes_and_tags_make_strings() {
    assert_eq!(
        json_of("- '1'\n- \"true\"\n- !!str 1.0\n- ! 5\n- |-\n  null\n"),
        r#"["1","true","1.0","5","null"]"#
    );
    assert_eq!(
        json_of("[!!int 3, !!float 3, !!bool true, !!null ~]"),
        "[3,3,true,null]"
    );
    assert_eq!(
        json_of("a: !!map {b: !!seq [1]}\nc: !<tag:yaml.org,2002:str> 1\n"),
        r#"{"a":{"b":[1]},"c":"1"}"#
    );
}

#[test]
fn integers_keep_all_their_digits() {
    assert_eq!(
        json_of("[18446744073709551615, -9223372036854775808, 0xffffffffffffffff]"),
        "[18446744073709551615,-9223372036854775808,18446744073709551615]"
    );
}

#[test]
fn keys_are_kept_as_written() {
    assert_eq!(
        json_of("200: a\n0x1F: b\ntrue: c\n~: d\n1.0: e\n'q': f\n.inf: g\n2024-01-01: h\n"),
        r#"{"200":"a","0x1F":"b","true":"c","~":"d","1.0":"e","q":"f",".inf":"g","2024-01-01":"h"}"#
    );
}

#[test]
fn aliases_stand_for_their_anchors() {
    assert_eq!(
        json_of("a: &one {x: [1, &two {y: 2}]}\nb: *one\nc: *two\nd: &three\ne: *three\n"),
        r#"{"a":{"x":[1,{"y":2}]},"b":{"x":[1,{"y":2}]},"c":{"y":2},"d":null,"e":null}"#
    );
}

#[test]
fn an_alias_can_be_a_key() {
    assert_eq!(
        json_of("a: &name id\nb: {*name : 1}\n"),
        r#"{"a":"id","b":{"id":1}}"#
    );
}

#[test]
fn what_an_alias_stands_for_is_placed_at_the_anchor() {
    let root = root("x.yaml", "a: &one\n  x: 1\nb: *one\n");
    assert_eq!(place(root.get("b").unwrap().get("x").unwrap()), (2, 6));
}

#[test]
fn merge_keys_give_what_the_object_does_not_have_itself() {
    assert_eq!(
        json_of(
            "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nx:\n  z: 0\n  <<: [*base, *more]\n  a: own\n"
        ),
        r#"{"base":{"a":1,"b":2},"more":{"b":3,"c":4},"x":{"z":0,"b":2,"c":4,"a":"own"}}"#
    );
    assert_eq!(
        json_of("'<<': {a: 1}\n"),
        r#"{"<<":{"a":1}}"#,
        "quoted, it is a key like any other"
    );
}

#[test]
fn surrogate_escapes_in_json_are_one_character() {
    assert_eq!(
        root("x.json", r#"{"a": "\ud83d\ude00 \u00e9 \t\/"}"#)
            .get("a")
            .unwrap()
            .as_str(),
        Some("😀 é \t/")
    );
}

#[test]
fn json_is_recognised_by_its_first_character_too() {
    assert_eq!(
        root("x.yaml", "\n {\"a\": \"\\ud83d\\ude00\"}")
            .get("a")
            .unwrap()
            .as_str(),
        Some("😀")
    );
    assert_eq!(
        root("noext", "{a: [b, 'c']}").to_json(),
        serde_json::json!({"a": ["b", "c"]}),
        "flow style YAML"
    );
}

#[test]
fn the_same_document_in_json_and_yaml_gives_the_same_tree() {
    let yaml = include_str!("../../tests/documents/rich.yaml");
    let from_yaml = root("rich.yaml", yaml);
    let pretty = serde_json::to_string_pretty(&from_yaml).unwrap();
    for json in [pretty, serde_json::to_string(&from_yaml).unwrap()] {
        let from_json = root("rich.json", &json);
        assert_eq!(from_yaml, from_json);
        assert_eq!(
            serde_json::to_string(&from_json).unwrap(),
            serde_json::to_string(&from_yaml).unwrap()
        );
        // JSON is YAML as well, as long as it escapes no surrogates.
        let mut diagnostics = Diagnostics::default();
        let Ok(Some(as_yaml)) = super::yaml::parse(&json, &mut diagnostics) else {
            panic!("not read as YAML");
        };
        assert_eq!(as_yaml, from_json);
        assert!(diagnostics.is_empty(), "{diagnostics}");
        assert_same_places(&as_yaml, &from_json);
    }
}

fn assert_same_places(a: &Node, b: &Node) {
    assert_eq!(a.at, b.at, "{:?}", a.to_json());
    a.items()
        .iter()
        .zip(b.items())
        .for_each(|(a, b)| assert_same_places(a, b));
    for (a, b) in a.entries().iter().zip(b.entries()) {
        assert_eq!(a.at, b.at, "{}", a.key);
        assert_same_places(&a.value, &b.value);
    }
}

#[test]
fn the_second_of_equal_keys_is_an_error_and_dropped() {
    let (document, report) = read("x.yaml", "paths:\n  /a: {x: 1}\n  /b: {}\n  /a: {x: 2}\n");
    assert_eq!(
        document.unwrap().root.to_json(),
        serde_json::json!({"paths": {"/a": {"x": 1}, "/b": {}}})
    );
    assert_eq!(
        report,
        "x.yaml:4:3: error[duplicate-key]: #/paths/~1a: the key `/a` is already given on line 2\n  \
         help: remove or rename one of the two; only the first is looked at here\n1 error"
    );
    let (_, report) = read("x.json", "{\"a\": 1,\n \"b\": 2, \"a\": 3}");
    assert_eq!(
        report,
        "x.json:2:10: error[duplicate-key]: #/a: the key `a` is already given on line 1\n  \
         help: remove or rename one of the two; only the first is looked at here\n1 error"
    );
}

#[test]
fn all_faults_of_a_readable_text_are_reported_at_once() {
    let (document, report) = read(
        "x.yaml",
        "a: .inf\nb: -.INF\nc: .nan\nd: 1e999\ne: 123456789012345678901\nf: !binary aGk=\ng: !!int x\nh: !!map [1]\n\
         ? [complex]\n: value\ni: &self [*self]\nj: {<<: 1, <<: [2, {z: 3}]}\n",
    );
    assert!(document.is_some());
    assert_kept("readable", &report);
}

#[test]
fn a_second_document_is_an_error() {
    assert_report(
        "x.yaml",
        "---\na: 1\n---\nb: 1\n",
        "x.yaml:3:1: error[multiple-documents]: #: a second document begins here\n  \
         help: keep one document to a file; remove the `---` and what follows it\n1 error",
    );
}

#[test]
fn nothing_is_an_error() {
    for text in [
        "",
        "\u{feff}",
        "# only a comment\n",
        "---\n",
        "null",
        "~\n...\n",
        " \r\n",
    ] {
        assert_report(
            "x.yaml",
            text,
            "x.yaml:1:1: error[empty-document]: #: there is nothing in this document\n  \
             help: an OpenAPI document is an object with `openapi`, `info` and `paths`\n1 error",
        );
    }
    assert!(read("x.json", " \n").1.contains("error[empty-document]"));
    assert!(read("x.json", "null").1.contains("error[empty-document]"));
}

#[test]
fn control_characters_are_errors_in_both_languages() {
    for name in ["x.yaml", "x.json"] {
        assert_report(
            name,
            "{\"a\":\n \"é\u{0}\"}",
            &format!(
                "{name}:2:4: error[control-character]: #: the text holds the control character U+0000\n  \
                 help: remove it; in a quoted string it can be written as an escape, \"\\u0000\"\n1 error"
            ),
        );
    }
    assert_eq!(
        root("x.json", r#"{"a": "\u0000"}"#)
            .get("a")
            .unwrap()
            .as_str(),
        Some("\0")
    );
}

#[test]
fn syntax_errors_say_where_and_what_to_look_for() {
    let mut all = String::new();
    for (name, text) in [
        ("tab.yaml", "a:\n\t- 1\n"),
        ("colon.yaml", "description: this: that\n"),
        ("quote.yaml", "a: 'never closed\nb: 2\n"),
        ("escape.yaml", "a: \"C:\\dir\"\n"),
        ("surrogate.yaml", "a: \"\\ud83d\\ude00\"\n"),
        ("bracket.yaml", "a: [1, 2\nb: 3\n"),
        ("at.yaml", "a: @b\n"),
        ("anchor.yaml", "a: *b\n"),
        ("key.yaml", "a: 1\nb\nc: 2\n"),
        ("list.yaml", "- a\nb: 1\n"),
        ("brace.json", "{\"a\": 1"),
        ("comma.json", "{\"a\": 1\n \"b\": 2}"),
        ("trailing.json", "{\"a\": [1,]}"),
        ("comment.json", "{\"a\": 1} // done"),
        ("single.json", "{'a': 1}"),
        ("word.json", "{\"a\": yes}"),
        ("unquoted.json", "{a: 1}"),
        ("lone.json", "{\"a\": \"\\ud83d\"}"),
        ("two.json", "{} {}"),
        ("zero.json", "{\"a\": 01}"),
        ("yaml.json", "openapi: 3.0.4\n"),
    ] {
        let (document, report) = read(name, text);
        assert!(document.is_none(), "{name}");
        all.push_str(&report);
        all.push('\n');
    }
    assert_kept("syntax", &all);
}

#[test]
fn nesting_is_limited_in_both_languages() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for name in ["x.yaml", "x.json"] {
        assert!(read(name, &nested(super::DEEPEST)).0.is_some());
        for depth in [super::DEEPEST + 1, 10_000] {
            let (document, report) = read(name, &nested(depth));
            assert!(document.is_none());
            assert!(report.contains("error[too-deep]"), "{report}");
        }
    }
    let block: String = (0..200)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_report(
        "x.yaml",
        &block,
        &format!(
            "x.yaml:129:129: error[too-deep]: #{}: values are nested more than 128 deep here\n  \
             help: move inner parts to components and refer to them with `$ref`\n1 error",
            "/a".repeat(128)
        ),
    );
}

#[test]
fn aliases_cannot_nest_deeper_than_values() {
    let mut text = format!("- &a0 {}{}\n", "[".repeat(100), "]".repeat(100));
    text.push_str(&format!("- {}*a0{}\n", "[".repeat(50), "]".repeat(50)));
    assert!(read("x.yaml", &text).1.contains("error[too-deep]"));
}

#[test]
fn a_few_lines_of_aliases_cannot_fill_the_memory() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_report(
        "x.yaml",
        &text,
        "x.yaml:6:20: error[too-large]: #/a5/2: the aliases of this document stand for more than 500000 values\n  \
         help: use `$ref` in place of YAML aliases\n1 error",
    );
    // What is too large to be remembered is not taken for what stands inside of itself.
    let anchors: String = (0..100).map(|level| format!("&a{level} [")).collect();
    let values = format!("{}{}", "x, ".repeat(6_000), "]".repeat(100));
    let text = format!("a: {anchors}{values}\nb: *a0\n");
    assert!(read("x.yaml", &text).1.contains("error[too-large]"));
    // Few values, but long ones.
    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1_000_000),
        vec!["*a"; 1_000].join(", ")
    );
    assert!(read("x.yaml", &text).1.contains("error[too-large]"));
}

#[test]
fn brackets_may_close_further_out_than_yaml_wants() {
    let text = "a:\n  b: {\n    c: [1,\n 2\n],\nd: 3\n  }\ne: 4\n";
    let (document, report) = read("x.yaml", text);
    let root = document.unwrap().root;
    let json = serde_json::to_string(&root).unwrap();
    assert_eq!(json, r#"{"a":{"b":{"c":[1,2],"d":3}},"e":4}"#);
    let inner = root.get("a").unwrap().get("b").unwrap();
    assert_eq!(place(inner.get("d").unwrap()), (6, 4));
    assert_eq!(
        report.matches("warning[flow-indentation]").count(),
        3,
        "{report}"
    );
    // What is wrong besides is said once.
    let (_, report) = read("x.yaml", "a: {b: 1, b: 2}\nc:\n  d: {\n}\ne: [\n");
    assert_eq!(report.matches("duplicate-key").count(), 1, "{report}");
    assert!(report.contains("error[syntax]"), "{report}");
}

#[test]
fn texts_in_quotes_may_go_on_further_out_than_yaml_wants() {
    let text = "a:\n    b:\n        c: 'it''s one\n  é two\n\n three'\n        d: \"x \\\"\n y\"\n    e: 1\n";
    let (document, report) = read("x.yaml", text);
    let json = serde_json::to_value(&document.unwrap().root).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"a": {"b": {"c": "it's one é two\nthree", "d": "x \" y"}, "e": 1}})
    );
    assert!(!report.contains("error["), "{report}");
    assert!(
        report.contains("x.yaml:4:1: warning[flow-indentation]"),
        "{report}"
    );
    assert!(
        report.contains("x.yaml:8:1: warning[flow-indentation]"),
        "{report}"
    );
}
