//! Parameters of the query, the path and headers.

use crate::wire::{head, moment, values, whole};

mod parameters_query {
    use std::collections::BTreeMap;

    use postpress_constructs::parameters_query::{
        enums::SearchOrder,
        params::{ContentParams, SearchParams, StylesParams},
        types::{Filter, FilterRange, Flat, Shallow},
        variants::ContentUnion,
    };
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_come_in_the_order_of_the_document() {
        let params = SearchParams {
            limit: Some(10),
            exact: Some(false),
            since: Some(moment()),
            rate: Some(3.0),
            order: Some(SearchOrder::Desc),
            ids: vec!["x".into(), "y,z".into()],
        };
        assert_eq!(
            head(&sent!(parameters_query.search(
                "a b&c=d",
                &[1, -2],
                &params
            ))),
            "GET /search?text=a%20b%26c%3Dd&limit=10&exact=false&since=2026-05-17T09%3A42%3A11.000Z&rate=3&order=desc\
             &ids=x&ids=y%2Cz&required_ids=1&required_ids=-2"
        );
    }

    #[test]
    fn optional_parameters_are_not_sent_by_default() {
        let params = SearchParams::default();
        assert_eq!(
            head(&sent!(parameters_query.search("x", &[7], &params))),
            "GET /search?text=x&required_ids=7"
        );
        assert_eq!(
            head(&sent!(parameters_query.styles(&StylesParams::default()))),
            "GET /styles"
        );
    }

    #[test]
    fn a_value_that_the_enum_does_not_know_is_sent_as_it_is() {
        let params = SearchParams {
            order: Some(SearchOrder::from("at random")),
            ..SearchParams::default()
        };
        assert_eq!(
            head(&sent!(parameters_query.search("x", &[], &params))),
            "GET /search?text=x&order=at%20random"
        );
        assert_eq!(values(SearchOrder::VALUES), ["asc", "desc"]);
    }

    #[test]
    fn each_style_joins_or_repeats_in_its_own_way() {
        let words = || vec!["a".to_owned(), "b,c".to_owned()];
        let flat = Flat {
            r: Some(1),
            g: Some(2),
        };
        let params = StylesParams {
            joined: words(),
            spaces: words(),
            pipes: vec![1, 2],
            pipes_exploded: vec![3, 4],
            object: Some(Shallow {
                name: Some("n".into()),
                tags: words(),
            }),
            joined_object: Some(flat.clone()),
            pipes_object: Some(flat),
            deep: Some(Filter {
                name: Some("m".into()),
                tags: words(),
                range: Some(FilterRange {
                    from: Some(0.5),
                    to: Some(2.0),
                }),
            }),
            deep_map: Some(BTreeMap::from([("k".into(), "v".into())])),
        };
        assert_eq!(
            head(&sent!(parameters_query.styles(&params))),
            "GET /styles?joined=a,b%2Cc&spaces=a%20b%2Cc&pipes=1%7C2&pipes_exploded=3&pipes_exploded=4\
             &name=n&tags=a&tags=b%2Cc&joined_object=r,1,g,2&pipes_object=r%7C1%7Cg%7C2\
             &deep%5Bname%5D=m&deep%5Btags%5D=a&deep%5Btags%5D=b%2Cc&deep%5Brange%5D%5Bfrom%5D=0.5&deep%5Brange%5D%5Bto%5D=2\
             &deep_map%5Bk%5D=v"
        );
    }

    #[test]
    fn a_parameter_with_a_media_type_is_a_json_text() {
        let filter = Filter {
            name: Some("n".into()),
            tags: vec!["t".into()],
            range: None,
        };
        let params = ContentParams {
            maybe_json: Some(vec![]),
            ..ContentParams::default()
        };
        assert_eq!(
            head(&sent!(parameters_query.content(&filter, &params))),
            "GET /content?json=%7B%22name%22%3A%22n%22%2C%22tags%22%3A%5B%22t%22%5D%7D&maybe_json=%5B%5D"
        );
    }

    #[test]
    fn each_parameter_keeps_its_name_whatever_it_is_called_in_rust() {
        let text = |text: &str| Some(text.to_owned());
        let params = ContentParams {
            maybe_json: None,
            nullable: text("1"),
            union: Some(ContentUnion::Integer(2)),
            free: Some(json!(true)),
            map: Some(BTreeMap::from([("key".into(), 3)])),
            filter_name: text("4"),
            ids: vec!["5".into()],
            type_: text("6"),
            url: text("7"),
            self_: text("8"),
            client: text("9"),
            runtime: text("10"),
            reqwest: text("11"),
            value: text("12"),
            a_b: text("13"),
            a_b2: text("14"),
        };
        assert_eq!(
            head(&sent!(
                parameters_query.content(&Filter::default(), &params)
            )),
            "GET /content?json=%7B%7D&nullable=1&union=2&free=true&key=3&filter%5Bname%5D=4&ids%5B%5D=5&type=6&url=7&self=8\
             &client=9&runtime=10&reqwest=11&value=12&a-b=13&a_b=14"
        );
    }
}

mod parameters_nested {
    use postpress_constructs::parameters_nested::{
        params::{JsonParams, NestedParams},
        types::{Filter, NestedObject},
    };

    use super::*;

    fn filters() -> Vec<Filter> {
        let filter = |key: &str, least| Filter {
            key: Some(key.into()),
            least,
        };
        vec![filter("a,b", Some(1)), filter("2", None)]
    }

    #[test]
    fn each_value_within_a_value_is_json() {
        let params = NestedParams {
            filters: filters(),
            joined: filters(),
            object: Some(NestedObject {
                by: filters().pop(),
                page: Some(3),
            }),
            x_filters: Some(filters()),
            filters2: filters(),
        };
        let (first, second) = (
            "%7B%22key%22%3A%22a%2Cb%22%2C%22least%22%3A1%7D",
            "%7B%22key%22%3A%222%22%7D",
        );
        let grid = [vec!["a".to_owned(), "b".to_owned()], vec![]];
        assert_eq!(
            head(&sent!(parameters_nested.nested(&grid, &params))),
            format!(
                "GET /nested/%5B%22a%22%2C%22b%22%5D,%5B%5D?filters={first}&filters={second}&joined={first},{second}&by={second}&page=3\n\
                 cookie: filters={first}&filters={second}\n\
                 x-filters: [{{\"key\":\"a,b\",\"least\":1}},{{\"key\":\"2\"}}]"
            )
        );
    }

    #[test]
    fn json_is_the_whole_value_in_a_path_and_in_a_cookie() {
        let params = JsonParams {
            list: Some(vec!["a b".into()]),
        };
        assert_eq!(
            head(&sent!(parameters_nested.json(&filters()[1], &params))),
            "GET /json/%7B%22key%22%3A%222%22%7D\ncookie: list=%5B%22a%20b%22%5D"
        );
    }
}

mod parameters_elsewhere {
    use postpress_constructs::parameters_elsewhere::{
        enums::{AByIdBByNameExtByIdsExt, HeadersXKind},
        params::{ContentsParams, GetItParams, HeadersParams, ObjectsParams, PutItParams},
        types::Flat,
    };

    use super::*;

    #[test]
    fn values_in_the_path_are_encoded_and_joined_by_commas() {
        let params = GetItParams {
            limit: Some("all".into()),
            x_trace: Some("t".into()),
        };
        assert_eq!(
            head(&sent!(parameters_elsewhere.get_it(
                "a/b",
                "n ä",
                &AByIdBByNameExtByIdsExt::Pdf,
                &[1, 2],
                &params
            ))),
            "GET /a/a%2Fb/b/n%20%C3%A4.pdf/1,2?limit=all\nx-trace: t"
        );
    }

    #[test]
    fn an_operation_replaces_parameters_of_its_path_and_keeps_the_others() {
        let params = PutItParams {
            x_trace: Some("header".into()),
            trace: Some("query".into()),
        };
        let ext = AByIdBByNameExtByIdsExt::from("tar.gz");
        assert_eq!(
            head(&sent!(parameters_elsewhere.put_it(
                5,
                "n",
                &ext,
                &[3],
                10,
                &params
            ))),
            "PUT /a/5/b/n.tar.gz/3?limit=10&trace=query\nx-trace: header"
        );
        assert_eq!(values(AByIdBByNameExtByIdsExt::VALUES), ["txt", "pdf"]);
        assert_eq!(values(HeadersXKind::VALUES), ["a", "b"]);
    }

    #[test]
    fn a_value_that_would_lead_to_another_path_is_refused_by_its_name() {
        let params = GetItParams::default();
        let refused = |id: &str, ids: &[i64]| {
            refused!(parameters_elsewhere.get_it(
                id,
                "n",
                &AByIdBByNameExtByIdsExt::Txt,
                ids,
                &params
            ))
        };
        assert_eq!(
            refused("..", &[1]),
            "parameter `id` cannot be sent: it makes a segment of the path `.` or `..`, which would be another path"
        );
        assert_eq!(
            refused("a", &[]),
            "parameter `ids` cannot be sent: it is empty, which would change the path"
        );
    }

    #[test]
    fn a_header_with_json_is_ascii_and_other_contents_are_texts() {
        let params = ContentsParams {
            x_json: Some(vec!["a, \"b\"".into(), "é\u{1f600}".into()]),
            xml: Some("<a/>".into()),
        };
        assert_eq!(
            head(&sent!(parameters_elsewhere.contents("a b", &params))),
            "GET /contents/a%20b?xml=%3Ca%2F%3E\nx-json: [\"a, \\\"b\\\"\",\"\\u00e9\\ud83d\\ude00\"]"
        );
    }

    #[test]
    fn headers_keep_their_names_and_are_not_sent_by_default() {
        let params = HeadersParams {
            x_number: Some(-3),
            x_list: vec!["a".into(), "b".into()],
            if_none_match: Some("\"tag, or not\"".into()),
            x_since: Some(moment()),
            x_kind: Some(HeadersXKind::B),
        };
        assert_eq!(
            head(&sent!(parameters_elsewhere.headers("a, b", &params))),
            "GET /headers\nif-none-match: \"tag, or not\"\nx-kind: b\nx-list: a,b\nx-number: -3\nx-required: a, b\n\
             x-since: 2026-05-17T09:42:11.000Z"
        );
        assert_eq!(
            head(&sent!(
                parameters_elsewhere.headers("x", &HeadersParams::default())
            )),
            "GET /headers\nx-required: x"
        );
    }

    #[test]
    fn a_path_that_is_not_ascii_is_encoded() {
        assert_eq!(
            head(&sent!(parameters_elsewhere.odd_path("ß?"))),
            "GET /with%20space/%C3%9F%3F/%C3%BC"
        );
    }

    #[test]
    fn times_numbers_and_booleans_in_the_path_are_texts() {
        assert_eq!(
            head(&sent!(parameters_elsewhere.times(moment(), 3.0, true))),
            "GET /times/2026-05-17T09%3A42%3A11.000Z/3/true"
        );
    }

    #[test]
    fn objects_in_the_path_and_in_headers_are_keys_and_values() {
        let params = ObjectsParams {
            x_object: Some(Flat { r: 3, g: None }),
        };
        let object = Flat { r: 1, g: Some(2) };
        assert_eq!(
            head(&sent!(parameters_elsewhere.objects(&object, &params))),
            "GET /objects/r,1,g,2\nx-object: r,3"
        );
    }
}

mod parameters_many {
    use postpress_constructs::parameters_many::params::{
        AllRequiredParams, ManyParams, SevenParams,
    };
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn each_of_many_parameters_stands_at_its_place() {
        let text = |text: &str| Some(text.to_owned());
        let params = ManyParams {
            b: text("2"),
            c: text("3"),
            d: text("4"),
            e: text("5"),
            f: text("6"),
            g: text("7"),
        };
        let body = Map::from_iter([("key".to_owned(), json!([1.5]))]);
        assert_eq!(
            whole(&sent!(parameters_many.many("1", Some(&body), &params))),
            "POST /many/1?b=2&c=3&d=4&e=5&f=6\ncontent-type: application/json\ng: 7\n\n{\"key\":[1.5]}"
        );
        assert_eq!(
            whole(&sent!(parameters_many.many(
                "1",
                None,
                &ManyParams::default()
            ))),
            "POST /many/1"
        );
    }

    #[test]
    fn an_operation_may_have_optional_parameters_only() {
        let text = |text: &str| Some(text.to_owned());
        let params = SevenParams {
            b: text("2"),
            c: text("3"),
            d: text("4"),
            e: text("5"),
            f: text("6"),
            g: text("7"),
        };
        assert_eq!(
            whole(&sent!(parameters_many.seven(&params))),
            "POST /seven?b=2&c=3&d=4&e=5&f=6\ng: 7"
        );
        assert_eq!(
            whole(&sent!(parameters_many.seven(&SevenParams::default()))),
            "POST /seven"
        );
    }
    #[test]
    fn each_of_many_arguments_stands_at_its_place_beside_parameters_of_their_names() {
        let texts = ["4".to_owned(), "5".to_owned()];
        let params = AllRequiredParams {
            request: Some("9".into()),
        };
        assert_eq!(
            head(&sent!(
                parameters_many.all_required("1", 2, "3", &texts, true, "7", "8", &params)
            )),
            "GET /required/1/2?c=3&d=4&d=5&e=true&params=8&request=9\nf: 7"
        );
    }
}

/// The values are those of the table in OpenAPI's section "Style Examples".
mod parameters_styles {
    use postpress_constructs::parameters_styles::{params::ElsewhereParams, types::Object};

    use super::*;

    fn colors() -> Vec<String> {
        ["blue", "black", "brown"].map(str::to_owned).to_vec()
    }

    fn color() -> Object {
        Object {
            r: Some(100),
            g: Some(200),
            b: Some(150),
        }
    }

    #[test]
    fn simple_values_are_joined_by_commas() {
        let (list, object) = (colors(), color());
        assert_eq!(
            head(&sent!(
                parameters_styles.simple("blue", &list, &object, &object)
            )),
            "GET /simple/blue/blue,black,brown/R,100,G,200,B,150/R=100,G=200,B=150"
        );
    }

    #[test]
    fn labels_begin_with_a_dot() {
        let (list, object) = (colors(), color());
        assert_eq!(
            head(&sent!(
                parameters_styles.label("blue", &list, &list, &object, &object)
            )),
            "GET /label/.blue/.blue,black,brown/.blue.black.brown/.R,100,G,200,B,150/.R=100.G=200.B=150"
        );
    }

    #[test]
    fn matrices_name_their_values() {
        let (list, object) = (colors(), color());
        assert_eq!(
            head(&sent!(
                parameters_styles.matrix("blue", &list, &list, &object, &object)
            )),
            "GET /matrix/;text=blue/;list=blue,black,brown/;apart_list=blue;apart_list=black;apart_list=brown\
             /;object=R,100,G,200,B,150/;R=100;G=200;B=150"
        );
    }

    #[test]
    fn an_empty_value_of_any_style_is_refused() {
        let (list, object) = (colors(), color());
        let refusal = refused!(parameters_styles.label("", &list, &list, &object, &object));
        assert!(refusal.contains("`text`"), "{refusal}");
        let refusal = refused!(parameters_styles.matrix("x", &[], &list, &object, &object));
        assert!(refusal.contains("`list`"), "{refusal}");
    }

    #[test]
    fn headers_and_cookies_have_styles_too() {
        let params = ElsewhereParams {
            x_object: Some(color()),
            x_apart: Some(color()),
            text: Some("a b;c".into()),
            list: colors(),
            apart_list: colors(),
            object: Some(color()),
            apart: Some(color()),
        };
        assert_eq!(
            head(&sent!(parameters_styles.elsewhere(&params))),
            "GET /elsewhere\n\
             cookie: text=a%20b%3Bc; list=blue,black,brown; apart_list=blue&apart_list=black&apart_list=brown; \
             object=R,100,G,200,B,150; R=100&G=200&B=150\n\
             x-apart: R=100,G=200,B=150\n\
             x-object: R,100,G,200,B,150"
        );
        assert_eq!(
            head(&sent!(
                parameters_styles.elsewhere(&ElsewhereParams::default())
            )),
            "GET /elsewhere"
        );
    }
}
