//! Open enums.

use crate::ir::{EnumValue, Ir, TypeKind};

use super::{doc_comment, literal};

/// The enums of the IR, as calls of the runtime's macros.
pub(crate) fn emit(ir: &Ir) -> Option<String> {
    let mut out = String::new();
    for ty in ir.types.iter().filter(|ty| ty.in_json || ty.in_form) {
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
    values: &[EnumValue<T>],
    wire: impl Fn(&T) -> String,
    out: &mut String,
) {
    out.push_str(&format!("::postpress_runtime::{name}! {{\n"));
    let own = match values.len() {
        1 => "The one known value, or another.".to_owned(),
        count => format!("One of {count} known values, or another."),
    };
    doc_comment(if doc.is_empty() { &own } else { doc }, "    ", out);
    out.push_str(&format!("    pub enum {ty} {{\n"));
    for value in values {
        // The macro says what goes on the wire.
        doc_comment(&value.doc, "        ", out);
        out.push_str(&format!(
            "        {} = {},\n",
            value.variant,
            wire(&value.wire)
        ));
    }
    out.push_str("    }\n}\n\n");
}
