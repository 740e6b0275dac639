//! The schemas of open enums, and of the unions that schemars does not understand.

use schemars::schema::{InstanceType, Metadata, Schema, SchemaObject, SubschemaValidation};
use serde_json::Value;

/// An open enum of strings.
pub fn string_enum<T>(values: &[T], as_str: fn(&T) -> &str) -> Schema {
    open_enum(
        InstanceType::String,
        values.iter().map(|value| as_str(value).into()).collect(),
    )
}

/// An open enum of integers.
pub fn integer_enum<T>(values: &[T], value: fn(&T) -> Option<i64>) -> Schema {
    let values = values.iter().map(|known| value(known).into()).collect();
    open_enum(InstanceType::Number, values)
}

/// The known values, or any other of their kind.
fn open_enum(kind: InstanceType, values: Vec<Value>) -> Schema {
    let known = SchemaObject {
        enum_values: Some(values),
        metadata: Some(Box::new(Metadata {
            description: Some("The values known so far.".into()),
            ..Default::default()
        })),
        ..Default::default()
    };
    let other = SchemaObject {
        instance_type: Some(kind.into()),
        ..Default::default()
    };
    any_of(vec![known.into(), other.into()])
}

/// One of several.
fn any_of(schemas: Vec<Schema>) -> Schema {
    SchemaObject {
        subschemas: Some(Box::new(SubschemaValidation {
            any_of: Some(schemas),
            ..Default::default()
        })),
        ..Default::default()
    }
    .into()
}

/// The schema of objects told apart by the value of one member, the tag; each value is given with the schema of its variant.
/// The tag may be absent where that means `default`.
pub fn tagged_union_schema<'a>(
    tag: &str,
    default: Option<&str>,
    variants: impl IntoIterator<Item = (&'a str, Schema)>,
) -> Schema {
    let variants = variants
        .into_iter()
        .map(|(value, variant)| tagged(variant, tag, value, default == Some(value)));
    any_of(variants.collect())
}

/// A variant of a tagged union: what the variant's own type says, with the tag. Where the tag may be absent, it is optional.
fn tagged(variant: Schema, tag: &str, value: &str, optional: bool) -> Schema {
    let mut tagged = SchemaObject {
        instance_type: Some(InstanceType::Object.into()),
        ..Default::default()
    };
    let value = SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        enum_values: Some(vec![value.into()]),
        ..Default::default()
    };
    let object = tagged.object();
    object.properties.insert(tag.into(), value.into());
    if !optional {
        object.required.insert(tag.into());
    }
    SchemaObject {
        subschemas: Some(Box::new(SubschemaValidation {
            all_of: Some(vec![variant, tagged.into()]),
            ..Default::default()
        })),
        ..Default::default()
    }
    .into()
}
