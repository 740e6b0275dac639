//! Open enums.

use crate::ir::{EnumValue, Ir, TypeId, TypeKind};

use super::{doc_comment, literal};

/// The enums of the IR, as calls of the runtime's macros.
pub(crate) fn emit(ir: &Ir) -> Vec<(TypeId, String)> {
    let types = ir.types.iter().enumerate();
    let used = types.filter(|(_, ty)| ty.in_json || ty.in_form);
    let enums = used.filter_map(|(id, ty)| {
        let (name, doc) = (&ty.name, &ty.doc);
        let text = match &ty.kind {
            TypeKind::StringEnum(values) => {
                call("open_string_enum", name, doc, values, |v| literal(v))
            }
            TypeKind::IntegerEnum(values) => {
                call("open_integer_enum", name, doc, values, i64::to_string)
            }
            _ => return None,
        };
        Some((id, text))
    });
    enums.collect()
}

fn call<T>(
    name: &str,
    ty: &str,
    doc: &str,
    values: &[EnumValue<T>],
    wire: impl Fn(&T) -> String,
) -> String {
    let mut out = format!("::postpress_runtime::{name}! {{\n");
    let own = match values.len() {
        1 => "The one known value, or another.".to_owned(),
        count => format!("One of {count} known values, or another."),
    };
    doc_comment(if doc.is_empty() { &own } else { doc }, "    ", &mut out);
    out.push_str(&format!("    pub enum {ty} {{\n"));
    for value in values {
        // The macro says what goes on the wire.
        doc_comment(&value.doc, "        ", &mut out);
        out.push_str(&format!(
            "        {} = {},\n",
            value.variant,
            wire(&value.wire)
        ));
    }
    out.push_str("    }\n}\n");
    out
}
