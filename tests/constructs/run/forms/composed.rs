//! Forms that hold objects: in brackets, as JSON, joined, or spread over the form.

use super::*;

mod form_deep {
    use postpress_constructs::form_deep::forms::{
        Choice, Customer, CustomerAddress, CustomerAddressGeo, Line, PlaceOrderForm,
    };
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_lists_and_maps_are_written_in_brackets_to_any_depth() {
        let form = PlaceOrderForm {
            customer: Customer {
                name: "n".into(),
                address: CustomerAddress {
                    city: "c".into(),
                    geo: Some(CustomerAddressGeo {
                        lat: Some(-0.5),
                        lon: Some(2.0),
                    }),
                },
                phones: texts(&["1", "2"]),
            },
            lines: vec![
                Line {
                    sku: "s".into(),
                    count: Some(3),
                    options: vec![
                        Choice {
                            key: text("k"),
                            value: None,
                        },
                        Choice {
                            key: None,
                            value: text("v"),
                        },
                    ],
                    notes: map([("a", texts(&["x", "y"])), ("b", vec![])]),
                },
                Line {
                    sku: "t".into(),
                    ..Line::default()
                },
            ],
            grid: vec![vec![1, 2], vec![], vec![3]],
            labels: map([("l", "m".to_owned())]),
            parcels: map([(
                "p",
                Line {
                    sku: "u".into(),
                    ..Line::default()
                },
            )]),
            free: map([("f", json!({"g": [{"h": 1.0}, null]}))]),
            anything: Some(json!([true, "x"])),
        };
        let request = sent!(form_deep.place_order(&form));
        assert_eq!(
            head(&request),
            "POST /orders\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "customer[name] = n",
                "customer[address][city] = c",
                "customer[address][geo][lat] = -0.5",
                "customer[address][geo][lon] = 2",
                "customer[phones] = 1",
                "customer[phones] = 2",
                "lines[0][sku] = s",
                "lines[0][count] = 3",
                "lines[0][options][0][key] = k",
                "lines[0][options][1][value] = v",
                "lines[0][notes][a] = x",
                "lines[0][notes][a] = y",
                "lines[1][sku] = t",
                "grid[0] = 1",
                "grid[0] = 2",
                "grid[2] = 3",
                "labels[l] = m",
                "parcels[p][sku] = u",
                "free[f][g][0][h] = 1",
                "anything = true",
                "anything = x",
            ]
        );
    }

    #[test]
    fn required_objects_are_sent_though_all_else_is_left_out() {
        let form = PlaceOrderForm::default();
        assert_eq!(
            parts(&sent!(form_deep.place_order(&form))),
            ["customer[name] = ", "customer[address][city] = "]
        );
    }
}

mod form_json_parts {
    use postpress_constructs::form_json_parts::{
        forms::AddPageForm,
        types::{AddPageFormInline, Meta},
    };
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn objects_and_maps_are_json_parts_under_their_media_type() {
        let meta = |tags| Meta {
            title: "\"t\"".into(),
            tags,
        };
        let form = AddPageForm {
            meta: meta(texts(&["a", "b"])),
            other: Some(meta(vec![])),
            map: Some(map([("m", 1)])),
            free: Some(Map::from_iter([("f".to_owned(), json!([null]))])),
            inline: Some(AddPageFormInline { x: Some(3.0) }),
            file: Some(file("f.txt", "content")),
        };
        let request = sent!(form_json_parts.add_page(&form));
        assert_eq!(
            head(&request),
            "POST /pages\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                r#"meta (application/json) = {"title":"\"t\"","tags":["a","b"]}"#,
                r#"other (application/vnd.page+json) = {"title":"\"t\""}"#,
                r#"map (application/json) = {"m":1}"#,
                r#"free (application/json) = {"f":[null]}"#,
                r#"inline (application/json) = {"x":3}"#,
                "file (application/octet-stream, \"f.txt\") = content",
            ]
        );
    }

    #[test]
    fn optional_json_parts_are_not_sent_by_default() {
        let form = AddPageForm {
            meta: Meta {
                title: "t".into(),
                tags: vec![],
            },
            other: None,
            map: None,
            free: None,
            inline: None,
            file: None,
        };
        assert_eq!(
            parts(&sent!(form_json_parts.add_page(&form))),
            [r#"meta (application/json) = {"title":"t"}"#]
        );
    }
}

mod form_maps {
    use postpress_constructs::form_maps::{
        forms::{
            SendClosedForm, SendExtraObjectsForm, SendFreeForm, SendMapsForm, SendMapsFormBoth,
            SendMapsFormObjectsValue, SendUndeclaredForm,
        },
        types::SendExtraObjectsFormValue,
    };
    use serde_json::json;

    use super::*;

    #[test]
    fn maps_are_written_in_brackets_and_undeclared_fields_under_their_keys() {
        let form = SendMapsForm {
            texts: map([("a", "1".to_owned())]),
            files: map([("b", file("b.png", "2"))]),
            lists: map([("c", texts(&["3", "4"]))]),
            objects: map([("d", SendMapsFormObjectsValue { n: Some(5) })]),
            both: Some(SendMapsFormBoth {
                known: "6".into(),
                extra: map([("e", 7)]),
            }),
            extra: map([("f", "8".to_owned()), ("g", "9".to_owned())]),
        };
        let request = sent!(form_maps.send_maps(&form));
        assert_eq!(
            head(&request),
            "POST /maps\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "texts[a] = 1",
                "files[b] (image/png, \"b.png\") = 2",
                "lists[c] = 3",
                "lists[c] = 4",
                "objects[d][n] = 5",
                "both[known] = 6",
                "both[e] = 7",
                "f = 8",
                "g = 9",
            ]
        );
    }

    #[test]
    fn keys_that_would_be_read_as_another_field_are_refused() {
        let declared = ["texts", "files", "lists", "objects", "both"];
        let form = SendMapsForm {
            texts: map([("a]b", String::new())]),
            both: Some(SendMapsFormBoth {
                known: String::new(),
                extra: map([("known", 1)]),
            }),
            extra: map(declared.map(|name| (name, String::new()))),
            ..SendMapsForm::default()
        };
        let refusal = refused!(form_maps.send_maps(&form));
        assert!(refusal.contains("the name \"a]b\" contains"), "{refusal}");
        for name in declared.into_iter().chain(["known"]) {
            let reason = format!("the name {name:?} is that of a declared field");
            assert!(refusal.contains(&reason), "{reason} in {refusal}");
        }
    }

    #[test]
    fn undeclared_fields_may_be_files_or_anything_or_nothing() {
        let form = SendUndeclaredForm {
            extra: map([("a", file("a.png", "1"))]),
        };
        let request = sent!(form_maps.send_undeclared(&form));
        assert_eq!(
            head(&request),
            "POST /only-undeclared\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["a (application/octet-stream, \"a.png\") = 1"]
        );

        let form = SendFreeForm {
            extra: map([("a", json!([1.5])), ("b", json!(null))]),
        };
        let request = sent!(form_maps.send_free(&form));
        assert_eq!(
            head(&request),
            "POST /free\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), ["a = 1.5"]);

        let form = SendClosedForm { a: text("1") };
        let request = sent!(form_maps.send_closed(&form));
        assert_eq!(
            head(&request),
            "POST /closed\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), ["a = 1"]);
    }

    #[test]
    fn undeclared_objects_are_json_parts_beside_a_field_called_extra() {
        let form = SendExtraObjectsForm {
            a: text("1"),
            extra: text("2"),
            extra_: map([("b", SendExtraObjectsFormValue { n: Some(3) })]),
        };
        let request = sent!(form_maps.send_extra_objects(&form));
        assert_eq!(
            head(&request),
            "POST /extra-objects\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["a = 1", "extra = 2", "b (application/json) = {\"n\":3}"]
        );
    }
}

mod form_styles {
    use postpress_constructs::form_styles::{
        enums::CrateColor,
        forms::{Box2, Crate, Lid, SendStylesForm},
    };

    use super::*;

    #[test]
    fn each_style_joins_repeats_or_spreads_in_its_own_way() {
        let words = || texts(&["a", "b"]);
        let object = |w| Box2 {
            w,
            h: Some(0.5),
            open: None,
        };
        let wood = |wood: &str| Crate {
            wood: text(wood),
            color: Some(CrateColor::Blue),
        };
        let form = SendStylesForm {
            form_exploded: words(),
            form_joined: words(),
            bare_joined: words(),
            space: words(),
            space_joined: words(),
            space_exploded: words(),
            pipe: words(),
            pipe_joined: vec![1, 2],
            pipe_exploded: words(),
            joined_null: vec![text("x"), None, text("y")],
            scalar_form: text("s"),
            scalar_joined: text("t,u"),
            spread: object(1),
            spread_optional: Some(wood("oak")),
            spread_nullable: Some(Lid { lock: text("bar") }),
            spread_map: map([("m", "n".to_owned())]),
            flat: Some(object(2)),
            flat_required: Some(wood("elm")),
            flat_map: map([("o", 3), ("p", 4)]),
            deep: Some(object(5)),
            deep_words: words(),
        };
        let request = sent!(form_styles.send_styles(&form));
        assert_eq!(
            head(&request),
            "POST /styles\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "form_exploded = a",
                "form_exploded = b",
                "form_joined = a,b",
                "bare_joined = a,b",
                "space = a b",
                "space_joined = a b",
                "space_exploded = a",
                "space_exploded = b",
                "pipe = a|b",
                "pipe_joined = 1|2",
                "pipe_exploded = a",
                "pipe_exploded = b",
                "joined_null = x,y",
                "scalar_form = s",
                "scalar_joined = t,u",
                "w = 1",
                "h = 0.5",
                "wood = oak",
                "color = blue",
                "lock = bar",
                "m = n",
                "flat = w,2,h,0.5",
                "flat_required = wood,elm,color,blue",
                "flat_map = o,3,p,4",
                "deep[w] = 5",
                "deep[h] = 0.5",
                "deep_words = a",
                "deep_words = b",
            ]
        );
        assert_eq!(values(CrateColor::VALUES), ["red", "blue"]);
    }

    #[test]
    fn a_key_of_a_spread_map_cannot_be_that_of_another_field_or_spread_property() {
        let taken = ["deep", "w", "h", "open", "wood", "color"];
        let form = SendStylesForm {
            spread_map: map(taken.map(|name| (name, String::new()))),
            ..SendStylesForm::default()
        };
        let refusal = refused!(form_styles.send_styles(&form));
        for name in taken {
            let reason = format!("the name {name:?} is that of a declared field");
            assert!(refusal.contains(&reason), "{reason} in {refusal}");
        }
    }

    #[test]
    fn what_a_reader_would_divide_in_another_place_is_refused() {
        let form = SendStylesForm {
            form_joined: texts(&["a,b"]),
            pipe: texts(&["c|d"]),
            space: texts(&["e f"]),
            flat_required: Some(Crate {
                wood: text("g,h"),
                color: None,
            }),
            ..SendStylesForm::default()
        };
        let refusal = refused!(form_styles.send_styles(&form));
        for reason in [
            "`form_joined`: \"a,b\" contains the separator ','",
            "`pipe`: \"c|d\" contains the separator '|'",
            "`space`: \"e f\" contains the separator ' '",
            "`flat_required`: \"g,h\" contains the separator ','",
        ] {
            assert!(refusal.contains(reason), "{reason} in {refusal}");
        }
    }
}

mod form_recursive {
    use postpress_constructs::form_recursive::{
        forms::{AllRule, IsRule, NotRule, Owner, PlantForm, Rule, Tree},
        types::Chain,
    };

    use super::*;

    fn tree(name: &str) -> Tree {
        Tree {
            name: name.into(),
            ..Tree::default()
        }
    }

    fn family() -> Tree {
        Tree {
            file: Some(file("a.txt", "a")),
            next: Some(Box::new(tree("b"))),
            children: vec![tree("c"), tree("d")],
            named: map([("k", tree("e"))]),
            owner: Some(Box::new(Owner {
                tree: Some(Box::new(tree("f"))),
            })),
            ..tree("a")
        }
    }

    #[test]
    fn schemas_that_hold_themselves_are_written_as_deep_as_the_value_goes() {
        let is = |value: &str| {
            Rule::Is(IsRule {
                value: value.into(),
            })
        };
        let form = PlantForm {
            tree: family(),
            rule: Rule::All(AllRule {
                rules: vec![is("x"), Rule::Not(Box::new(NotRule { rule: is("y") }))],
            }),
            json: Some(Chain {
                next: Some(Box::new(Chain { next: None })),
            }),
        };
        let request = sent!(form_recursive.plant(&form));
        assert_eq!(
            head(&request),
            "POST /trees\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "tree[name] = a",
                "tree[file] (application/octet-stream, \"a.txt\") = a",
                "tree[next][name] = b",
                "tree[children][0][name] = c",
                "tree[children][1][name] = d",
                "tree[named][k][name] = e",
                "tree[owner][tree][name] = f",
                "rule[op] = all",
                "rule[rules][0][op] = is",
                "rule[rules][0][value] = x",
                "rule[rules][1][op] = not",
                "rule[rules][1][rule][op] = is",
                "rule[rules][1][rule][value] = y",
                "json (application/json) = {\"next\":{}}",
            ]
        );
    }

    #[test]
    fn a_schema_that_holds_itself_may_be_the_form() {
        let form = family();
        let request = sent!(form_recursive.plant_self(&form));
        assert_eq!(
            head(&request),
            "POST /self\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "name = a",
                "file (application/octet-stream, \"a.txt\") = a",
                "next[name] = b",
                "children[0][name] = c",
                "children[1][name] = d",
                "named[k][name] = e",
                "owner[tree][name] = f",
            ]
        );
    }
}

mod form_all_of {
    use postpress_constructs::form_all_of::forms::{AddPostForm, AddPostFormAuthor, Picture};

    use super::*;

    #[test]
    fn the_properties_of_all_schemas_are_fields_once_each() {
        let form = AddPostForm {
            id: "1".into(),
            name: "2".into(),
            date: Some(moment()),
            body: "3".into(),
            author: Some(AddPostFormAuthor {
                id: "4".into(),
                name: "5".into(),
                mail: text("6"),
            }),
            cover: Some(Picture {
                file: file("7.png", "7"),
                alt: text("8"),
            }),
        };
        let request = sent!(form_all_of.add_post(&form));
        assert_eq!(
            head(&request),
            "POST /posts\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "id = 1",
                "name = 2",
                "date = 2026-05-17T09:42:11.000Z",
                "body = 3",
                "author[id] = 4",
                "author[name] = 5",
                "author[mail] = 6",
                "cover[file] (application/octet-stream, \"7.png\") = 7",
                "cover[alt] = 8",
            ]
        );
    }
}

mod form_shared {
    use postpress_constructs::form_shared::{
        forms::{
            Choice, ChoiceObject, ChoiceObject2, ChoiceText, ChoiceText2, Item, Part,
            SendChoiceForm, SendJsonForm, SendWithinForm,
        },
        types,
    };

    use super::*;

    fn item() -> Item {
        Item {
            name: "n".into(),
            tags: texts(&["a", "b"]),
            part: Some(Part { n: Some(1) }),
        }
    }

    #[test]
    fn one_schema_is_written_as_each_form_says() {
        let form = item();
        let request = sent!(form_shared.send_brackets(&form));
        assert_eq!(
            head(&request),
            "POST /brackets\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), ["name = n", "tags = a,b", "part[n] = 1"]);

        let form = SendJsonForm {
            name: "n".into(),
            tags: texts(&["a", "b"]),
            part: Some(types::Part { n: Some(1) }),
        };
        let expected = [
            "name = n",
            "tags = a",
            "tags = b",
            "part (application/json) = {\"n\":1}",
        ];
        let request = sent!(form_shared.send_json(&form));
        assert_eq!(
            head(&request),
            "POST /json\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), expected);
        let request = sent!(form_shared.send_json_again(&form));
        assert_eq!(
            head(&request),
            "PUT /json-again\ncontent-type: multipart/form-data"
        );
        assert_eq!(parts(&request), expected);
    }

    #[test]
    fn a_form_within_another_is_written_as_the_outer_one_says() {
        let object = ChoiceObject {
            kind: "k".into(),
            body: Part { n: Some(2) },
        };
        let form = SendWithinForm {
            item: Some(item()),
            choice: Some(Choice::Object(object)),
        };
        let request = sent!(form_shared.send_within(&form));
        assert_eq!(
            head(&request),
            "POST /within\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "item[name] = n",
                "item[tags] = a",
                "item[tags] = b",
                "item[part][n] = 1",
                "choice[kind] = k",
                "choice[body][n] = 2",
            ]
        );
        let form = SendWithinForm {
            item: None,
            choice: Some(Choice::Text(ChoiceText { body: "t".into() })),
        };
        assert_eq!(
            parts(&sent!(form_shared.send_within(&form))),
            ["choice[body] = t"]
        );
    }

    #[test]
    fn variants_that_disagree_about_a_field_write_it_each_in_its_way() {
        let form = SendChoiceForm::Object(ChoiceObject2 {
            kind: "k".into(),
            body: types::Part { n: Some(3) },
        });
        let request = sent!(form_shared.send_choice(&form));
        assert_eq!(
            head(&request),
            "POST /choice\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["kind = k", "body (application/json) = {\"n\":3}"]
        );
        let form = SendChoiceForm::Object(ChoiceObject2 {
            kind: "k".into(),
            body: types::Part { n: None },
        });
        assert_eq!(
            parts(&sent!(form_shared.send_choice(&form))),
            ["kind = k", "body (application/json) = {}"]
        );
        let form = SendChoiceForm::Text(ChoiceText2 { body: "t".into() });
        assert_eq!(parts(&sent!(form_shared.send_choice(&form))), ["body = t"]);
    }
}
