//! Bodies of responses that are of another type for each status.

use crate::ir::{Ir, Payload, StatusBody, TypeDef, TypeId, TypeKind};

use super::{doc_comment, variants::rust_type};

/// The bodies by status, as calls of the runtime's macro.
pub(crate) fn emit(ir: &Ir) -> Vec<(TypeId, String)> {
    let types = ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json);
    let enums = types.filter_map(|(id, ty)| match &ty.kind {
        TypeKind::ByStatus(bodies) => Some((id, call(ir, ty, bodies))),
        _ => None,
    });
    enums.collect()
}

fn call(ir: &Ir, ty: &TypeDef, bodies: &[StatusBody]) -> String {
    let mut out = "::postpress_runtime::bodies_by_status! {\n".to_owned();
    doc_comment(&ty.doc, "    ", &mut out);
    out.push_str(&format!("    pub enum {} {{\n", ty.name));
    for body in bodies {
        let doc = match (body.status.as_str(), body.doc.as_str()) {
            ("default", "") => "Any other status.".to_owned(),
            ("default", doc) => format!("Any other status: {doc}"),
            (status, "") => status.to_owned(),
            (status, doc) => format!("{status}: {doc}"),
        };
        doc_comment(&doc, "        ", &mut out);
        let read = match &body.body {
            Payload::Json(ty) => format!("({})", rust_type(ir, ty, "responses", true)),
            Payload::Text => "(String) as text".to_owned(),
            Payload::Empty | Payload::Raw => String::new(),
        };
        let pattern = pattern(body);
        out.push_str(&format!("        {pattern} => {}{read},\n", body.variant));
    }
    out.push_str("    }\n}\n");
    out
}

/// The statuses of a body as a pattern of Rust.
fn pattern(body: &StatusBody) -> String {
    match body.status.as_bytes() {
        [hundreds @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            let hundreds = char::from(*hundreds);
            format!("{hundreds}00..={hundreds}99")
        }
        _ if body.status == "default" => "_".to_owned(),
        _ => body.status.clone(),
    }
}
