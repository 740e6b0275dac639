//! Unions in JSON: told apart by a tag, or by what fits; what is none of them is kept.

use std::fmt::Debug;

use postpress_runtime::decode_json;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::wire::{rewritten, values, whole};

/// What a tagged union says of its values: the tag, and whether only the JSON is known.
type Says<T> = (fn(&T) -> Option<&str>, fn(&T) -> bool);

/// Checks that values which have no more than they must are known by their tags, and that others say theirs.
fn assert_tags<T>((tag, is_unknown): Says<T>, property: &str, known: &[Value])
where
    T: DeserializeOwned + Serialize + Debug,
{
    for json in known {
        let value: T = rewritten(json.clone());
        assert_eq!(tag(&value), json[property].as_str());
        assert!(!is_unknown(&value), "{value:?}");
    }
    let value: T = rewritten(json!({property: "new"}));
    assert_eq!(tag(&value), Some("new"));
    assert!(is_unknown(&value), "{value:?}");
    let value: T = rewritten(json!(["no object"]));
    assert_eq!(tag(&value), None);
    assert!(is_unknown(&value), "{value:?}");
}

mod unions_tagged {
    use postpress_constructs::unions_tagged::{
        types::{
            All, ByValuesEmail, ByValuesSms, Car, Cat, Circle, CollectingCounts, Dog,
            SeveralTagsImage, SeveralTagsSound, SharedClosed, SharedOpen, Ship, Square,
            WithDefaultClassic, WithDefaultModern,
        },
        variants::{
            AllInline, AllNullable, ByValues, Collecting, Mapped, Pet, SeveralTags, Shared,
            Unmapped, WithDefault,
        },
    };

    use super::*;

    fn circle(radius: f64) -> Circle {
        Circle { radius }
    }

    #[test]
    fn unions_are_read_and_sent_back_with_their_tags() {
        let json = json!({
            "mapped": {"shape": "circle", "radius": 1.5},
            "unmapped": {"vehicleType": "Car", "wheels": 4},
            "in_struct": {"petType": "dog", "barks": true},
            "by_values": {"type": "sms", "number": "1"},
            "with_default": {"api": "modern", "level": 2},
            "several_tags": {"type": "jpeg", "width": 3},
            "shared": {"state": "closed", "by": "b", "id": "i"},
            "list": [{"shape": "square", "side": 4}, {"shape": "circle", "radius": 5}],
            "inline": {"kind": "b", "b": "x"},
            "nullable": {"shape": "circle", "radius": 6},
        });
        let (read, sent): (All, _) = sent_back!(json.clone(), unions_tagged.put_it);
        assert_eq!(sent, json);
        assert_eq!(read.mapped, Mapped::Circle(circle(1.5)));
        assert_eq!(read.unmapped, Some(Unmapped::Car(Car { wheels: Some(4) })));
        assert_eq!(
            read.by_values,
            Some(ByValues::Sms(ByValuesSms { number: "1".into() }))
        );
        assert_eq!(
            read.list.unwrap(),
            [
                Mapped::Square(Square { side: 4.0 }),
                Mapped::Circle(circle(5.0))
            ]
        );
        assert_eq!(read.nullable, Some(Some(AllNullable::Circle(circle(6.0)))));
    }

    #[test]
    fn the_tag_comes_first_and_once() {
        let all = |mapped| {
            let mut all: All = decode_json(br#"{"mapped": {}}"#).unwrap();
            all.mapped = mapped;
            all
        };
        let sent = |mapped| {
            let response = json!({"mapped": {"shape": "circle", "radius": 1}});
            let response = postpress_tests::Response::json("200 OK", &response);
            let (request, _) = exchange!(response, unions_tagged.put_it(&all(mapped)));
            whole(&request)
        };
        let head = "PUT /it\naccept: application/json\ncontent-type: application/json\n\n";
        assert_eq!(
            sent(Mapped::Circle(circle(2.0))),
            format!("{head}{{\"mapped\":{{\"shape\":\"circle\",\"radius\":2}}}}")
        );
        assert_eq!(
            sent(Mapped::Square(Square { side: 0.5 })),
            format!("{head}{{\"mapped\":{{\"shape\":\"square\",\"side\":0.5}}}}")
        );
    }

    #[test]
    fn each_tag_is_read_as_the_variant_that_the_document_maps_it_to() {
        assert_eq!(
            rewritten::<Unmapped>(json!({"vehicleType": "Ship", "sails": 1})),
            Unmapped::Ship(Ship { sails: Some(1) })
        );
        assert_eq!(
            rewritten::<ByValues>(json!({"type": "email", "address": "a"})),
            ByValues::Email(ByValuesEmail {
                address: "a".into()
            })
        );
        assert_eq!(
            rewritten::<Shared>(json!({"state": "open", "id": "i"})),
            Shared::Open(SharedOpen { id: "i".into() })
        );
        assert_eq!(
            rewritten::<Shared>(json!({"state": "closed", "id": "i"})),
            Shared::Closed(SharedClosed {
                by: None,
                id: "i".into()
            })
        );
        assert!(matches!(
            rewritten::<AllInline>(json!({"kind": "a", "a": "x"})),
            AllInline::A(_)
        ));
    }

    #[test]
    fn a_variant_that_collects_members_does_not_collect_the_tag() {
        let json = json!({"kind": "counts", "total": 3, "a": 1, "b": 2});
        assert_eq!(
            rewritten::<Collecting>(json),
            Collecting::Counts(CollectingCounts {
                total: 3,
                extra: [("a".to_owned(), 1), ("b".to_owned(), 2)].into()
            })
        );
        assert!(matches!(
            rewritten::<Collecting>(json!({"kind": "none"})),
            Collecting::None(_)
        ));
        let texts: Collecting = rewritten(json!({"kind": "texts", "a": "x"}));
        let Collecting::Texts(mut texts) = texts else {
            panic!("{texts:?}");
        };
        assert_eq!(texts.extra["a"], "x");
        // Not even where somebody puts one there.
        texts.extra.insert("kind".to_owned(), "other".to_owned());
        assert_eq!(
            serde_json::to_string(&Collecting::Texts(texts)).unwrap(),
            r#"{"kind":"texts","a":"x"}"#
        );
    }

    #[test]
    fn several_tags_of_one_schema_are_a_variant_each() {
        let image = SeveralTagsImage { width: Some(1) };
        assert_eq!(
            rewritten::<SeveralTags>(json!({"type": "png", "width": 1})),
            SeveralTags::Png(image.clone())
        );
        assert_eq!(
            rewritten::<SeveralTags>(json!({"type": "jpeg", "width": 1})),
            SeveralTags::Jpeg(image)
        );
        assert_eq!(
            rewritten::<SeveralTags>(json!({"type": "mp3"})),
            SeveralTags::Sound(SeveralTagsSound { seconds: None })
        );
    }

    #[test]
    fn the_variant_whose_tag_has_a_default_is_meant_without_a_tag() {
        let classic = WithDefaultClassic {
            note: Some("n".into()),
        };
        let value: WithDefault = decode_json(br#"{"note": "n"}"#).unwrap();
        assert_eq!(value, WithDefault::Classic(classic));
        assert_eq!(value.tag(), Some("classic"));
        assert_eq!(
            rewritten::<WithDefault>(json!({"api": "modern"})),
            WithDefault::Modern(WithDefaultModern { level: None })
        );
    }

    #[test]
    fn a_schema_that_is_also_used_alone_keeps_its_tag_as_a_field() {
        let cat: Cat = received!(
            "GET /cat",
            json!({"petType": "cat", "lives": 7}),
            unions_tagged.get_cat()
        );
        assert_eq!((&*cat.pet_type, cat.lives), ("cat", Some(7)));
        assert_eq!(
            rewritten::<Pet>(json!({"petType": "cat", "lives": 7})),
            Pet::Cat(cat)
        );
        assert_eq!(
            rewritten::<Pet>(json!({"petType": "dog"})),
            Pet::Dog(Dog {
                pet_type: "dog".into(),
                barks: None
            })
        );
    }

    #[test]
    fn what_is_no_variant_is_kept_and_written_back() {
        for json in [
            json!({"shape": "triangle", "sides": [1, 2.5, null]}),
            json!({"radius": 1}),
            json!({"shape": "circle", "radius": "wide"}),
            json!({"shape": 1}),
            json!("a text"),
            json!([]),
        ] {
            assert_eq!(rewritten::<Mapped>(json.clone()), Mapped::Unknown(json));
        }
        for json in [json!({"petType": "cow"}), json!({"lives": 1}), json!(1)] {
            assert_eq!(rewritten::<Pet>(json.clone()), Pet::Unknown(json));
        }
        for json in [json!({"api": "future"}), json!(false)] {
            assert_eq!(
                rewritten::<WithDefault>(json.clone()),
                WithDefault::Unknown(json)
            );
        }
    }

    #[test]
    fn each_value_says_its_tag_and_writes_back_nothing_that_it_does_not_have() {
        assert_tags(
            (Mapped::tag, Mapped::is_unknown),
            "shape",
            &[
                json!({"shape": "circle", "radius": 1}),
                json!({"shape": "square", "side": 1}),
            ],
        );
        assert_tags(
            (AllNullable::tag, AllNullable::is_unknown),
            "shape",
            &[
                json!({"shape": "circle", "radius": 1}),
                json!({"shape": "square", "side": 1}),
            ],
        );
        assert_tags(
            (Unmapped::tag, Unmapped::is_unknown),
            "vehicleType",
            &[
                json!({"vehicleType": "Ship"}),
                json!({"vehicleType": "Car"}),
            ],
        );
        assert_tags(
            (Pet::tag, Pet::is_unknown),
            "petType",
            &[json!({"petType": "cat"}), json!({"petType": "dog"})],
        );
        assert_tags(
            (ByValues::tag, ByValues::is_unknown),
            "type",
            &[
                json!({"type": "email", "address": "a"}),
                json!({"type": "sms", "number": "1"}),
            ],
        );
        assert_tags(
            (SeveralTags::tag, SeveralTags::is_unknown),
            "type",
            &[
                json!({"type": "png"}),
                json!({"type": "jpeg"}),
                json!({"type": "mp3"}),
            ],
        );
        assert_tags(
            (Shared::tag, Shared::is_unknown),
            "state",
            &[
                json!({"state": "open", "id": "i"}),
                json!({"state": "closed", "id": "i"}),
            ],
        );
        assert_tags(
            (Collecting::tag, Collecting::is_unknown),
            "kind",
            &[
                json!({"kind": "counts", "total": 1}),
                json!({"kind": "none"}),
            ],
        );
        assert_tags(
            (AllInline::tag, AllInline::is_unknown),
            "kind",
            &[json!({"kind": "a"}), json!({"kind": "b"})],
        );
        assert_tags(
            (WithDefault::tag, WithDefault::is_unknown),
            "api",
            &[json!({"api": "classic"}), json!({"api": "modern"})],
        );
        rewritten::<All>(json!({"mapped": {"shape": "circle", "radius": 1}}));
    }

    #[test]
    fn one_odd_member_of_a_list_costs_itself_and_nothing_else() {
        let json = json!({
            "mapped": {"shape": "circle", "radius": 1},
            "list": [{"shape": "new"}, {"shape": "square", "side": 2}],
            "nullable": null,
        });
        let all: All = decode_json(json.to_string().as_bytes()).unwrap();
        let list = all.list.unwrap();
        assert_eq!(list[0], Mapped::Unknown(json!({"shape": "new"})));
        assert_eq!(list[1], Mapped::Square(Square { side: 2.0 }));
        assert_eq!(all.nullable, Some(None));
    }
}

mod unions_untagged {
    use postpress_constructs::unions_untagged::{
        enums::{AllEnumOrNumber, AllEnumsA, AllEnumsN1, AllSeveralEnumsKnown},
        types::{All, Group, Item, SendBodyLong, SendBodyShort},
        variants::{
            AllEnums, AllIdOrObject, AllLists, AllNested, AllNestedListItem, AllNeverOrTime,
            AllNullableBranch, AllNumber, AllObjectOrMap, AllObjects, AllOneOrMany, AllScalar,
            AllSeveralEnums, AllTaggedOrText, AllTaggedOrTextOneOf, AllTimeOrFlag, AllTimeOrText,
            RootResponse, SendBody,
        },
    };

    use super::*;
    use crate::wire::moment;

    fn item(id: &str) -> Item {
        Item { id: id.into() }
    }

    #[test]
    fn unions_are_read_and_sent_back_as_what_fits() {
        let json = json!({
            "scalar": true,
            "number": 1.5,
            "time_or_flag": "2026-05-17T09:42:11.000Z",
            "time_or_text": "soon",
            "never_or_time": -1,
            "one_or_many": [{"id": "1"}],
            "id_or_object": {"id": "2"},
            "objects": {"members": ["m"]},
            "nested": [1, "a"],
            "formats": "::1",
            "enums": 1,
            "object_or_map": {"k": 1},
            "lists": ["a"],
            "several_enums": "c",
            "enum_or_number": 2.5,
            "tagged_or_text": {"k": "q"},
            "nullable_branch": "n",
            "only_one": {"id": "3"},
            "same_twice": {"id": "4"},
        });
        let (read, sent): (All, _) = sent_back!(json.clone(), unions_untagged.put_it);
        assert_eq!(sent, json);
        assert_eq!(read.scalar, AllScalar::Bool(true));
        assert_eq!(read.number, Some(AllNumber::Number(1.5)));
        assert_eq!(read.time_or_flag, Some(AllTimeOrFlag::Timestamp(moment())));
        assert_eq!(read.time_or_text, Some(AllTimeOrText::Text("soon".into())));
        assert!(matches!(
            read.never_or_time,
            Some(Some(AllNeverOrTime::Minus1(_)))
        ));
        assert_eq!(read.one_or_many, Some(AllOneOrMany::List(vec![item("1")])));
        assert_eq!(read.id_or_object, Some(AllIdOrObject::Item(item("2"))));
        let group = Group {
            members: vec!["m".into()],
        };
        assert_eq!(read.objects, Some(AllObjects::Group(group)));
        assert_eq!(
            read.nested,
            Some(AllNested::List(vec![
                AllNestedListItem::Integer(1),
                AllNestedListItem::Text("a".into()),
            ]))
        );
        assert_eq!(read.formats.as_deref(), Some("::1"));
        assert_eq!(read.enums, Some(AllEnums::N1(AllEnumsN1::N1)));
        assert_eq!(
            read.object_or_map,
            Some(AllObjectOrMap::Map([("k".to_owned(), 1)].into()))
        );
        assert_eq!(read.lists, Some(AllLists::List2(vec!["a".into()])));
        assert_eq!(
            read.several_enums,
            Some(AllSeveralEnums::Known(AllSeveralEnumsKnown::C))
        );
        assert_eq!(values(AllSeveralEnumsKnown::VALUES), ["a", "b", "c"]);
        let [number, known] = [json!(2.5), json!(-1)];
        let number: AllEnumOrNumber = rewritten(number);
        assert!(number.is_unknown());
        assert_eq!(read.enum_or_number, Some(number));
        assert_eq!(rewritten::<AllEnumOrNumber>(known), AllEnumOrNumber::Minus1);
        assert!(matches!(
            read.tagged_or_text,
            Some(AllTaggedOrText::OneOf(AllTaggedOrTextOneOf::Q(_)))
        ));
        assert_eq!(
            read.nullable_branch,
            Some(Some(AllNullableBranch::Text("n".into())))
        );
        assert_eq!(read.only_one, Some(item("3")));
        assert_eq!(read.same_twice.unwrap().id, "4");
    }

    #[test]
    fn the_narrower_of_two_that_fit_is_taken() {
        assert_eq!(rewritten::<AllScalar>(json!(1)), AllScalar::Integer(1));
        assert_eq!(
            rewritten::<AllScalar>(json!("1")),
            AllScalar::Text("1".into())
        );
        assert_eq!(rewritten::<AllNumber>(json!(2)), AllNumber::Integer(2));
        assert_eq!(
            rewritten::<AllTimeOrText>(json!("2026-05-17T09:42:11.000Z")),
            AllTimeOrText::Timestamp(moment())
        );
        assert_eq!(
            rewritten::<AllObjectOrMap>(json!({"a": "x"})),
            AllObjectOrMap::A(
                postpress_constructs::unions_untagged::types::AllObjectOrMapA { a: "x".into() }
            )
        );
        assert_eq!(rewritten::<AllLists>(json!([1])), AllLists::List(vec![1]));
        assert_eq!(
            rewritten::<AllOneOrMany>(json!({"id": "1"})),
            AllOneOrMany::Item(item("1"))
        );
        assert_eq!(
            rewritten::<AllIdOrObject>(json!("1")),
            AllIdOrObject::Text("1".into())
        );
        assert_eq!(
            rewritten::<AllNested>(json!("a")),
            AllNested::Text("a".into())
        );
        assert_eq!(rewritten::<AllEnums>(json!("a")), AllEnums::A(AllEnumsA::A));
        assert_eq!(
            rewritten::<AllTaggedOrText>(json!("t")),
            AllTaggedOrText::Text("t".into())
        );
    }

    #[test]
    fn what_fits_none_is_kept_and_written_back() {
        for json in [json!(1.5), json!([1]), json!({"k": null})] {
            assert_eq!(
                rewritten::<AllScalar>(json.clone()),
                AllScalar::Unknown(json)
            );
        }
        for json in [json!({"new": 1}), json!("text"), json!({"id": 1})] {
            assert_eq!(
                rewritten::<AllObjects>(json.clone()),
                AllObjects::Unknown(json)
            );
        }
        let json = json!([1, "a"]);
        assert_eq!(rewritten::<AllLists>(json.clone()), AllLists::Unknown(json));
    }

    #[test]
    fn unions_that_are_optional_are_not_written_back_without_a_value() {
        rewritten::<All>(json!({"scalar": "s"}));
        rewritten::<SendBody>(json!({}));
    }

    #[test]
    fn a_response_that_is_a_union_is_read_as_what_fits() {
        assert_eq!(
            received!("GET /root", json!("a"), unions_untagged.root()),
            RootResponse::Text("a".into())
        );
        assert_eq!(
            received!("GET /root", json!(["a"]), unions_untagged.root()),
            RootResponse::List(vec!["a".into()].into())
        );
        assert_eq!(
            received!("GET /root", json!({"a": 1}), unions_untagged.root()),
            RootResponse::Unknown(json!({"a": 1}))
        );
    }

    #[test]
    fn a_body_that_is_a_union_is_sent_as_the_variant_alone() {
        let long = SendBody::Long(SendBodyLong {
            a: Some("1".into()),
            b: Some("2".into()),
        });
        assert_eq!(
            whole(&sent!(unions_untagged.send(&long))),
            "POST /sent\ncontent-type: application/json\n\n{\"a\":\"1\",\"b\":\"2\"}"
        );
        let short = SendBody::Short(SendBodyShort {
            a: Some("1".into()),
        });
        assert_eq!(
            whole(&sent!(unions_untagged.send(&short))),
            "POST /sent\ncontent-type: application/json\n\n{\"a\":\"1\"}"
        );
    }
}

mod unions_inherited {
    use postpress_constructs::unions_inherited::{
        types::{Cat, Dog, Puppy},
        variants::Pet,
    };
    use postpress_tests::Response;

    use super::*;

    #[test]
    fn schemas_that_extend_the_one_with_the_discriminator_are_its_variants() {
        let json = json!([
            {"petType": "Cat", "name": "c", "lives": 9},
            {"petType": "dog", "name": "d", "barks": true},
            {"petType": "Puppy", "name": "p", "barks": false, "weeks": 3},
            {"petType": "Fish", "name": "f"},
        ]);
        let pets = received!("GET /pets", json.clone(), unions_inherited.list_pets());
        assert_eq!(
            pets,
            [
                Pet::Cat(Cat {
                    pet_type: "Cat".into(),
                    name: "c".into(),
                    lives: Some(9)
                }),
                Pet::Dog(Dog {
                    pet_type: "dog".into(),
                    name: "d".into(),
                    barks: true
                }),
                Pet::Puppy(Puppy {
                    pet_type: "Puppy".into(),
                    name: "p".into(),
                    barks: false,
                    weeks: Some(3)
                }),
                Pet::Unknown(json[3].clone()),
            ]
        );
        assert_eq!(serde_json::to_value(&pets).unwrap(), json);
    }

    #[test]
    fn each_value_says_its_tag_and_writes_back_nothing_that_it_does_not_have() {
        assert_tags(
            (Pet::tag, Pet::is_unknown),
            "petType",
            &[
                json!({"petType": "Cat", "name": "c"}),
                json!({"petType": "dog", "name": "d", "barks": true}),
                json!({"petType": "Puppy", "name": "p", "barks": true}),
            ],
        );
    }

    #[test]
    fn a_variant_is_sent_with_the_properties_that_it_inherits() {
        let dog = Pet::Dog(Dog {
            pet_type: "dog".into(),
            name: "d".into(),
            barks: true,
        });
        let response = Response::json("201 Created", &json!({"petType": "Cat", "name": "c"}));
        let (request, response) = exchange!(response, unions_inherited.add_pet(&dog));
        assert_eq!(
            whole(&request),
            "POST /pets\naccept: application/json\ncontent-type: application/json\n\n\
             {\"petType\":\"dog\",\"name\":\"d\",\"barks\":true}"
        );
        assert_eq!(response.unwrap().value().name, "c");
    }
}
