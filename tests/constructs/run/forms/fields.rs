//! Forms of scalars and lists, and the names of their fields.

use super::*;

mod form_scalars {
    use postpress_constructs::form_scalars::{
        enums::{AddNoteFormColor, AddNoteFormLevel},
        forms::AddNoteForm,
    };
    use serde_json::json;

    use super::*;

    fn required() -> AddNoteForm {
        AddNoteForm {
            text: "Grüße\r\n".into(),
            count: 9,
            urgent: false,
            at: moment(),
            color: AddNoteFormColor::Green,
            level: None,
            price: None,
            small: None,
            big: None,
            day: None,
            id: None,
            flag: None,
            none: None,
            anything: None,
        }
    }

    #[test]
    fn optional_fields_are_not_sent_by_default_not_even_those_with_a_default() {
        let form = required();
        let request = sent!(form_scalars.add_note(&form));
        assert_eq!(
            head(&request),
            "POST /notes\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "text = Grüße\r\n",
                "count = 9",
                "urgent = false",
                "at = 2026-05-17T09:42:11.000Z",
                "color = green",
            ]
        );
    }

    #[test]
    fn scalars_are_texts_without_a_media_type_in_the_order_of_the_document() {
        let form = AddNoteForm {
            color: AddNoteFormColor::from("blue"),
            level: Some(AddNoteFormLevel::Minus1),
            price: Some(3.0),
            small: Some(0.1),
            big: Some(i64::MIN),
            day: text("2026-05-17"),
            id: text("i"),
            flag: Some(true),
            none: text(""),
            anything: Some(json!({"any": [1.5]})),
            ..required()
        };
        assert_eq!(
            parts(&sent!(form_scalars.add_note(&form)))[4..],
            [
                "color = blue",
                "level = -1",
                "price = 3",
                "small = 0.1",
                "big = -9223372036854775808",
                "day = 2026-05-17",
                "id = i",
                "flag = true",
                "none = ",
                "anything (application/json) = {\"any\":[1.5]}",
            ]
        );
        assert_eq!(values(AddNoteFormColor::VALUES), ["red", "green"]);
    }

    #[test]
    fn a_number_that_has_no_text_is_refused_by_its_name() {
        let form = AddNoteForm {
            price: Some(f64::NAN),
            ..required()
        };
        assert_eq!(
            refused!(form_scalars.add_note(&form)),
            "`price`: NaN is not a finite number, and has no form in text"
        );
    }
}

mod form_arrays {
    use postpress_constructs::form_arrays::{enums::Shade, forms::AddAlbumForm, types::Person};
    use postpress_runtime::multipart::{ArrayNames, FormOptions};
    use serde_json::json;

    use super::*;
    use crate::wire::{no_content, wait};

    fn form() -> AddAlbumForm {
        let person = |name: &str, age, height| Person {
            name: name.into(),
            age,
            height,
        };
        AddAlbumForm {
            names: texts(&["a", "b,c"]),
            numbers: vec![1, -2],
            shades: vec![Shade::Dark, Shade::from("dim")],
            times: vec![moment()],
            files: vec![file("1.txt", "one"), file("2.txt", "two")],
            people: vec![person("p", Some(3), Some(2.0)), person("q", None, None)],
            matrix: vec![vec![1.5, 0.5], vec![]],
            nullable: vec![text("x"), None, text("y")],
            anything: vec![json!("text"), json!(null), json!({"k": 1})],
        }
    }

    #[test]
    fn scalars_and_files_repeat_the_name_and_whatever_else_is_a_json_part_each() {
        let form = form();
        let request = sent!(form_arrays.add_album(&form));
        assert_eq!(
            head(&request),
            "POST /albums\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "names = a",
                "names = b,c",
                "numbers = 1",
                "numbers = -2",
                "shades = dark",
                "shades = dim",
                "times = 2026-05-17T09:42:11.000Z",
                "files (application/octet-stream, \"1.txt\") = one",
                "files (application/octet-stream, \"2.txt\") = two",
                "people (application/json) = {\"name\":\"p\",\"age\":3,\"height\":2}",
                "people (application/json) = {\"name\":\"q\"}",
                "matrix (application/json) = [1.5,0.5]",
                "matrix (application/json) = []",
                "nullable = x",
                "nullable = y",
                "anything = text",
                "anything (application/json) = {\"k\":1}",
            ]
        );
        assert_eq!(values(Shade::VALUES), ["light", "dark"]);
    }

    #[test]
    fn array_names_may_have_brackets_by_an_option_of_the_client_or_the_request() {
        let form = AddAlbumForm {
            names: texts(&["a"]),
            files: vec![file("1.txt", "one")],
            ..AddAlbumForm::default()
        };
        let options = |names| FormOptions::new().with_array_names(names);
        let (server, client) = client!(form_arrays, no_content());
        let client = client.with_form_options(options(ArrayNames::Brackets));
        wait(async {
            client.add_album(&form).await.unwrap();
            let request = client.add_album(&form);
            let request = request.with_form_options(options(ArrayNames::TextBrackets));
            request.await.unwrap();
        });
        let requests = server.requests();
        assert_eq!(
            parts(&requests[0]),
            [
                "names[] = a",
                "files[] (application/octet-stream, \"1.txt\") = one"
            ]
        );
        assert_eq!(
            parts(&requests[1]),
            [
                "names[] = a",
                "files (application/octet-stream, \"1.txt\") = one"
            ]
        );
    }
}

mod form_nullable {
    use postpress_constructs::form_nullable::{
        enums::SendNullsFormColor,
        forms::{SendNullsForm, SendNullsFormChoice, SendNullsFormObject, Thing},
    };

    use super::*;

    #[test]
    fn null_is_not_sent_though_the_field_is_required() {
        let form = SendNullsForm::default();
        let request = sent!(form_nullable.send_nulls(&form));
        assert_eq!(
            head(&request),
            "POST /nulls\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), [""; 0]);
    }

    #[test]
    fn null_among_values_is_left_out() {
        let form = SendNullsForm {
            text: text("t"),
            object: Some(SendNullsFormObject { a: None }),
            list: vec![Some(1), None, Some(3)],
            file: Some(file("f.txt", "f")),
            files: vec![None, Some(file("g.txt", "g"))],
            map: map([("k", text("v")), ("none", None)]),
            color: Some(SendNullsFormColor::Red),
            reference: Some(Thing { n: 1 }),
            choice: Some(SendNullsFormChoice::Thing(Thing { n: 2 })),
        };
        assert_eq!(
            parts(&sent!(form_nullable.send_nulls(&form))),
            [
                "text = t",
                "list = 1",
                "list = 3",
                "file (application/octet-stream, \"f.txt\") = f",
                "files (application/octet-stream, \"g.txt\") = g",
                "map[k] = v",
                "color = red",
                "reference[n] = 1",
                "choice[n] = 2",
            ]
        );
        let form = SendNullsForm {
            object: Some(SendNullsFormObject { a: text("b") }),
            choice: Some(SendNullsFormChoice::Text("c".into())),
            ..SendNullsForm::default()
        };
        assert_eq!(
            parts(&sent!(form_nullable.send_nulls(&form))),
            ["object[a] = b", "choice = c"]
        );
    }
}

mod form_empty {
    use postpress_constructs::form_empty::forms::{SendBareForm, SendNothingForm};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_without_fields_is_a_closing_boundary() {
        let form = SendNothingForm {};
        let request = sent!(form_empty.send_nothing(&form));
        assert_eq!(
            head(&request),
            "POST /nothing\ncontent-type: multipart/form-data"
        );
        let body = String::from_utf8(request.body.clone()).unwrap();
        assert_eq!(body, format!("--{}--\r\n", request.boundary()));
    }

    #[test]
    fn a_schema_that_names_no_fields_takes_any() {
        let form = SendBareForm {
            extra: map([("a", json!("x")), ("b", json!({"n": 1}))]),
        };
        let request = sent!(form_empty.send_bare(&form));
        assert_eq!(
            head(&request),
            "POST /bare\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["a = x", "b (application/json) = {\"n\":1}"]
        );
    }
}

mod form_names {
    use postpress_constructs::form_names::forms::{SendNamesForm, SendNamesFormDeep};

    use super::*;

    #[test]
    fn each_field_keeps_its_name_whatever_it_is_called_in_rust() {
        let form = SendNamesForm {
            tags: texts(&["1", "2"]),
            files: vec![file("f", "3")],
            meta_title: text("4"),
            meta_author: texts(&["5"]),
            type_: text("6"),
            self_: text("7"),
            self_2: text("8"),
            form: text("9"),
            field: text("10"),
            value: text("11"),
            key: text("12"),
            extra: text("13"),
            a_b: text("14"),
            a_b2: text("15"),
            a_b3: text("16"),
            n2fa: text("17"),
            straße: text("18"),
            名前: text("19"),
            field2: text("20"),
            its_quoted_and_so_on: text("21"),
            with_space: text("22"),
            field3: text("23"),
            filter: text("24"),
            type_2: text("25"),
            async_: text("26"),
            gen_: text("27"),
            union: text("28"),
            deep: Some(SendNamesFormDeep {
                list: texts(&["29"]),
                match_: text("30"),
                write: text("31"),
            }),
            extra_: map([("other", "32".to_owned())]),
        };
        let request = sent!(form_names.send_names(&form));
        assert_eq!(
            head(&request),
            "POST /names\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "tags[] = 1",
                "tags[] = 2",
                "files[] (application/octet-stream, \"f\") = 3",
                "meta[title] = 4",
                "meta[author][] = 5",
                "type = 6",
                "self = 7",
                "Self = 8",
                "form = 9",
                "field = 10",
                "value = 11",
                "key = 12",
                "extra = 13",
                "a-b = 14",
                "a_b = 15",
                "aB = 16",
                "2fa = 17",
                "straße = 18",
                "名前 = 19",
                "*** = 20",
                "it's %22quoted%22 \\ and so on = 21",
                "with space = 22",
                "_ = 23",
                "$filter = 24",
                "@type = 25",
                "async = 26",
                "gen = 27",
                "union = 28",
                "deep[list[]] = 29",
                "deep[match] = 30",
                "deep[write] = 31",
                "other = 32",
            ]
        );
    }

    #[test]
    fn an_undeclared_field_cannot_have_the_name_of_a_declared_one() {
        let declared = [
            "type",
            "self",
            "Self",
            "form",
            "field",
            "value",
            "key",
            "extra",
            "a-b",
            "a_b",
            "aB",
            "2fa",
            "straße",
            "名前",
            "***",
            "it's \"quoted\" \\ and so on",
            "with space",
            "_",
            "$filter",
            "@type",
            "async",
            "gen",
            "union",
            "deep",
        ];
        let form = SendNamesForm {
            extra_: map(declared.map(|name| (name, String::new()))),
            ..SendNamesForm::default()
        };
        let refusal = refused!(form_names.send_names(&form));
        for name in declared {
            let reason = format!("the name {name:?} is that of a declared field");
            assert!(refusal.contains(&reason), "{reason} in {refusal}");
        }
    }

    #[test]
    fn an_undeclared_field_cannot_have_brackets_in_its_name() {
        let form = SendNamesForm {
            extra_: map([("tags[]", String::new()), ("a[b]", String::new())]),
            ..SendNamesForm::default()
        };
        let refusal = refused!(form_names.send_names(&form));
        for name in ["tags[]", "a[b]"] {
            let reason = format!("the name {name:?} contains `[` or `]`");
            assert!(refusal.contains(&reason), "{reason} in {refusal}");
        }
    }
}
