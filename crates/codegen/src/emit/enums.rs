//! Open enums.

use std::fmt::Display;

use crate::model::{Model, TypeKind, Value};

use super::{doc_comment, literal};

/// The enums of the model, as calls of the runtime's macros.
pub(crate) fn emit(model: &Model) -> Option<String> {
    let mut out = String::new();
    for ty in model.types.iter().filter(|ty| ty.in_json || ty.in_form) {
        match &ty.kind {
            TypeKind::StringEnum(values) => call(
                "open_string_enum",
                &ty.name,
                &ty.doc,
                values,
                |v| literal(v),
                &mut out,
            ),
            TypeKind::IntegerEnum(values) => call(
                "open_integer_enum",
                &ty.name,
                &ty.doc,
                values,
                i64::to_string,
                &mut out,
            ),
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

fn call<T>(
    name: &str,
    ty: &str,
    doc: &str,
    values: &[Value<T>],
    wire: impl Fn(&T) -> String,
    out: &mut String,
) where
    T: Display,
{
    out.push_str(&format!("::postpress_runtime::{name}! {{\n"));
    let own = format!("One of {} known values, or another.", values.len());
    doc_comment(if doc.is_empty() { &own } else { doc }, "    ", out);
    out.push_str(&format!("    pub enum {ty} {{\n"));
    for value in values {
        let bare = format!("The value `{}`.", value.wire);
        doc_comment(
            if value.doc.is_empty() {
                &bare
            } else {
                &value.doc
            },
            "        ",
            out,
        );
        out.push_str(&format!(
            "        {} = {},\n",
            value.variant,
            wire(&value.wire)
        ));
    }
    out.push_str("    }\n}\n\n");
}
