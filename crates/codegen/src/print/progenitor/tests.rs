//! What stands in `types.rs` as progenitor printed it, and each amendment by itself.

use std::{collections::BTreeMap, fs, path::Path};

use postpress_openapi::{Diagnostics, Document, Source};
use quote::ToTokens;
use syn::{Field, ItemStruct};

use super::{
    amend::{self, AMENDMENTS, Amendment, Owner},
    print,
};
use crate::{
    check::check,
    ir::{self, Ir, Struct, Type, TypeKind},
    lower::lower,
    print::emit::has_float,
};

fn ir_of(path: &Path) -> Ir {
    let text = fs::read_to_string(path).unwrap();
    let name = path.to_str().unwrap();
    let mut diagnostics = Diagnostics::new(name);
    let source = Source { name, text: &text };
    let document = Document::parse(&source, &mut diagnostics).unwrap();
    let broken = std::collections::HashMap::new();
    let index = check(&document, &broken, &mut diagnostics).unwrap();
    lower(index, &[], &broken, &mut diagnostics)
}

/// The structs that progenitor prints of the IR, with what each stands for.
fn printed(ir: &Ir) -> Vec<(ItemStruct, Owner<'_>)> {
    let mut structs = amend::structs_of(print(ir).unwrap()).unwrap();
    let structs = ir.types.iter().filter_map(|ty| match &ty.kind {
        TypeKind::Struct(object) if ty.in_json && !amend::is_ours(object) => {
            let received = ty.only_received;
            let item = structs.remove(&ty.name).unwrap();
            let sent_as_json = ty.sent_as_json;
            Some((
                item,
                Owner {
                    object,
                    received,
                    sent_as_json,
                },
            ))
        }
        _ => None,
    });
    structs.collect()
}

/// What a field is to those who use it and to serde: its type, and what `#[serde(...)]` says of its name and its absence.
fn essentials(field: &Field) -> (String, Vec<String>) {
    let options = amend::options(field).into_iter();
    let options = options.filter(|option| {
        ["rename", "default", "skip_serializing_if"]
            .iter()
            .any(|name| option.path().is_ident(name))
    });
    (
        field.ty.to_token_stream().to_string(),
        options
            .map(|option| option.to_token_stream().to_string())
            .collect(),
    )
}

#[test]
fn nine_in_ten_fields_of_our_document_stand_as_progenitor_printed_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ir = ir_of(&root.join("spec/postpress.yaml"));
    let (mut fields, mut kept, mut amended) = (0, 0, BTreeMap::new());
    let (mut lists, mut numbers) = (0, 0);
    for (mut item, owner) in printed(&ir) {
        let mut own = item.clone();
        amend::short_paths(&mut own, &owner).unwrap();
        for (name, amendment) in AMENDMENTS {
            *amended.entry(name).or_insert(0) += amendment(&mut item, &owner).unwrap();
        }
        for field in &item.fields {
            let name = amend::wire_name(field);
            let own = own.fields.iter().find(|own| amend::wire_name(own) == name);
            fields += 1;
            kept += usize::from(own.map(essentials) == Some(essentials(field)));
        }
        let of = |wanted: fn(&Type) -> bool| {
            let fields = owner.object.fields.iter();
            fields.filter(|field| wanted(&field.ty)).count()
        };
        if owner.received {
            lists += of(|ty| matches!(ty, Type::Array(_) | Type::Map(_)));
        }
        numbers += of(has_float);
    }
    assert!(
        kept * 10 >= fields * 9,
        "{kept} of {fields} fields are progenitor's; amended: {amended:?}"
    );
    // What is added to a field, and to how many.
    assert_eq!((amended["lists"], amended["numbers"]), (lists, numbers));
    assert!((lists + numbers) * 10 < fields, "{amended:?}");
    // What our document does not need.
    let unneeded = ["names", "undeclared members"].map(|name| amended[name]);
    assert_eq!(unneeded, [0, 0]);
}

#[test]
fn every_amendment_is_needed_by_a_construct() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut amended = BTreeMap::from(AMENDMENTS.map(|(name, _)| (name, 0)));
    let mut ours = Vec::new();
    for entry in fs::read_dir(root.join("tests/constructs/documents")).unwrap() {
        let ir = ir_of(&entry.unwrap().path());
        for (mut item, owner) in printed(&ir) {
            for (name, amendment) in AMENDMENTS {
                *amended.get_mut(name).unwrap() += amendment(&mut item, &owner).unwrap();
            }
        }
        ours.extend(ir.types.into_iter().filter(|ty| match &ty.kind {
            TypeKind::Struct(object) => ty.in_json && amend::is_ours(object),
            _ => false,
        }));
    }
    assert!(amended.values().all(|count| *count > 0), "{amended:?}");
    let has_extra =
        |ty: &&ir::TypeDef| matches!(&ty.kind, TypeKind::Struct(object) if object.extra.is_some());
    let collecting = ours.iter().filter(has_extra).count();
    assert!(collecting > 0 && collecting < ours.len());
}

fn field(name: &str, rust: &str, ty: Type) -> ir::Field {
    ir::Field {
        origin: ir::Origin {
            pointer: postpress_openapi::Pointer::root(),
            at: postpress_openapi::Position { line: 1, column: 1 },
        },
        limits: Vec::new(),
        name: name.to_owned(),
        rust: rust.to_owned(),
        doc: String::new(),
        ty,
        required: false,
        nullable: false,
        writer: None,
        only: None,
    }
}

fn object<const N: usize>(fields: [ir::Field; N]) -> Struct {
    Struct {
        fields: fields.into(),
        extra: None,
        closed: false,
    }
}

/// What an amendment makes of a struct, and in how many places.
fn amended(amendment: Amendment, item: &str, object: &Struct) -> Result<(String, usize), String> {
    let mut item: ItemStruct = syn::parse_str(item).unwrap();
    let received = true;
    let count = amendment(
        &mut item,
        &Owner {
            object,
            received,
            sent_as_json: true,
        },
    )
    .map_err(|missing| missing.to_string())?;
    let text = crate::format::format(item.to_token_stream()).unwrap();
    Ok((text, count))
}

#[test]
fn fields_come_in_the_order_of_the_document() {
    let both = object([
        field("last", "last", Type::Bool),
        field("First", "first", Type::Bool),
    ]);
    let item = "struct A { #[serde(rename = \"First\")] first: bool, last: bool }";
    let (text, count) = amended(amend::order, item, &both).unwrap();
    assert_eq!(count, 1);
    assert!(
        text.find("last").unwrap() < text.find("first").unwrap(),
        "{text}"
    );
    assert_eq!(amended(amend::order, &text, &both).unwrap().1, 0);

    let missing = amended(amend::order, "struct A { last: bool }", &both);
    assert_eq!(missing.unwrap_err(), "field for \"First\"");
    let item = "struct A { first: bool, last: bool, more: bool }";
    let one_more = object([
        field("last", "last", Type::Bool),
        field("first", "first", Type::Bool),
    ]);
    let missing = amended(amend::order, item, &one_more);
    assert_eq!(missing.unwrap_err(), "end after 2 fields");
}

#[test]
fn names_are_those_of_the_ir() {
    let names = object([
        field("a-b", "a_b", Type::Bool),
        field("a_b", "a_b2", Type::Bool),
        field("2fa", "n2fa", Type::Bool),
        field("x2fa", "x2fa", Type::Bool),
    ]);
    let item = "struct A {
        #[serde(rename = \"a-b\")] a_b: bool,
        #[serde(default)] a_b: bool,
        #[serde(rename = \"2fa\")] x2fa: bool,
        x2fa: bool,
    }";
    let (text, count) = amended(amend::names, item, &names).unwrap();
    assert_eq!(count, 2);
    assert_eq!(
        text,
        "struct A {
    #[serde(rename = \"a-b\")]
    a_b: bool,
    #[serde(rename = \"a_b\", default)]
    a_b2: bool,
    #[serde(rename = \"2fa\")]
    n2fa: bool,
    x2fa: bool,
}
"
    );
}

#[test]
fn lists_have_room_for_odd_members_and_may_be_absent_like_maps() {
    let nested = Type::Array(Box::new(Type::Array(Box::new(Type::Bool))));
    let lists = object([
        field("list", "list", nested),
        field("map", "map", Type::Map(Box::new(Type::Any))),
        field("flag", "flag", Type::Bool),
    ]);
    let item = "struct A {
        #[serde(default, skip_serializing_if = \":: std :: vec :: Vec::is_empty\")]
        list: ::std::vec::Vec<::std::vec::Vec<bool>>,
        map: Map<String, Value>,
        flag: bool,
    }";
    let (text, count) = amended(amend::lists, item, &lists).unwrap();
    assert_eq!(count, 2);
    assert_eq!(
        text,
        "struct A {
    #[serde(default, skip_serializing_if = \"::postpress_runtime::Items::came_empty\")]
    list: ::postpress_runtime::Items<::postpress_runtime::Items<bool>>,
    #[serde(default)]
    map: Map<String, Value>,
    flag: bool,
}
"
    );

    let item = "struct A { list: Option<bool>, map: Map<String, Value>, flag: bool }";
    let missing = amended(amend::lists, item, &lists);
    assert_eq!(missing.unwrap_err(), "Vec for \"list\"");
}

#[test]
fn an_empty_time_is_none_where_there_may_be_none() {
    let times = object([
        field("a", "a", Type::Timestamp),
        field("b", "b", Type::Timestamp),
    ]);
    let item = "struct A { a: ::std::option::Option<::postpress_runtime::Timestamp>, b: ::postpress_runtime::Timestamp }";
    let (text, count) = amended(amend::times, item, &times).unwrap();
    assert_eq!(count, 1);
    let option =
        "#[serde(default, deserialize_with = \"::postpress_runtime::tolerant::time\")]\n    a";
    assert!(text.contains(option), "{text}");
}

#[test]
fn null_is_told_from_nothing_in_what_is_sent() {
    let object = object([field("a", "a", Type::Nullable(Box::new(Type::String)))]);
    let printed = "pub struct S { pub a: Option<Option<String>> }";
    let (text, count) = amended(amend::nulls, printed, &object).unwrap();
    assert_eq!(count, 1);
    assert!(
        text.contains(
            "#[serde(default, deserialize_with = \"::postpress_runtime::tolerant::present\")]"
        ),
        "{text}"
    );
    let (_, count) = amended(
        amend::nulls,
        "pub struct S { pub a: Option<String> }",
        &object,
    )
    .unwrap();
    assert_eq!(count, 0);
}

#[test]
fn numbers_have_no_fraction_where_they_need_none() {
    let number = object([
        field("days", "days", Type::Float("f64")),
        field("id", "id", Type::String),
    ]);
    let (text, count) = amended(
        amend::numbers,
        "struct A { days: f64, id: String }",
        &number,
    )
    .unwrap();
    assert_eq!(count, 1);
    let option = "#[serde(serialize_with = \"::postpress_runtime::number::serialize\")]\n    days";
    assert!(text.contains(option), "{text}");

    let missing = amended(amend::numbers, "struct A { days: u8, id: String }", &number);
    assert_eq!(missing.unwrap_err(), "number for \"days\"");
}

#[test]
fn what_everybody_knows_is_spelled_short() {
    let item = "struct A {
        #[serde(rename = \"::std::vec::Vec\", skip_serializing_if = \"::std::option::Option::is_none\")]
        a: ::std::option::Option<::std::boxed::Box<::std::vec::Vec<::std::string::String>>>,
        #[serde(skip_serializing_if = \":: std :: collections :: BTreeMap::is_empty\")]
        b: ::std::collections::BTreeMap<::std::string::String, ::serde_json::Value>,
    }";
    let (text, count) = amended(amend::short_paths, item, &object([])).unwrap();
    assert_eq!(count, 7);
    assert_eq!(
        text,
        "struct A {
    #[serde(rename = \"::std::vec::Vec\", skip_serializing_if = \"Option::is_none\")]
    a: Option<Box<Vec<String>>>,
    #[serde(skip_serializing_if = \"::std::collections::BTreeMap::is_empty\")]
    b: ::std::collections::BTreeMap<String, ::serde_json::Value>,
}
"
    );
}

#[test]
fn each_line_of_a_description_is_a_comment() {
    let mut described = object([field("a", "a", Type::Bool)]);
    described.fields[0].doc = "A flag.".to_owned();
    let item =
        "#[doc = \"One.\\n\\nTwo.\"] #[derive(Clone)] struct A { #[doc = \"A flag.\"] a: bool }";
    let (text, count) = amended(amend::comments, item, &described).unwrap();
    assert_eq!(count, 2);
    let expected =
        "/// One.\n///\n/// Two.\n#[derive(Clone)]\nstruct A {\n    /// A flag.\n    a: bool,\n}\n";
    assert_eq!(text, expected);

    let missing = amended(amend::comments, "struct A { a: bool }", &described);
    assert_eq!(missing.unwrap_err(), "description");
    let missing = amended(
        amend::comments,
        "#[doc = \"A.\"] struct A { a: bool }",
        &described,
    );
    assert_eq!(missing.unwrap_err(), "description of \"a\"");
}

#[test]
fn undeclared_members_are_described_and_may_be_none() {
    let mut open = object([field("extra", "extra", Type::String)]);
    open.extra = Some(Type::Float("f64"));
    let item = "#[derive(Clone)] struct A { extra: Option<String>, #[serde(flatten)] extra: BTreeMap<String, f64> }";
    let (text, count) = amended(amend::undeclared, item, &open).unwrap();
    assert_eq!(count, 1);
    assert_eq!(
        text,
        "#[derive(Clone, Default)]
struct A {
    extra: Option<String>,
    /// The members that are not declared.
    #[serde(flatten, serialize_with = \"::postpress_runtime::number::serialize\")]
    extra_: BTreeMap<String, f64>,
}
"
    );

    let missing = amended(
        amend::undeclared,
        "struct A { extra: Option<String> }",
        &open,
    );
    assert_eq!(missing.unwrap_err(), "field for undeclared members");
}
