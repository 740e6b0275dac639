//! The error catalogue.

use crate::model::Model;

use super::{doc_comment, literal};

/// The catalogue, as a call of the runtime's macro.
pub(crate) fn emit(model: &Model) -> Option<String> {
    let catalogue = model.catalogue.as_ref()?;
    let ty = &model.types[catalogue.type_id];
    let mut out = String::from("::postpress_runtime::error_catalogue! {\n");
    doc_comment(&ty.doc, "    ", &mut out);
    out.push_str(&format!("    pub enum {} {{\n", ty.name));
    for entry in &catalogue.entries {
        let doc = entry.documented.iter().map(|documented| documented.description.as_str()).find(|doc| !doc.is_empty());
        doc_comment(doc.unwrap_or(&format!("The type `{}`.", entry.wire)), "        ", &mut out);
        out.push_str(&format!("        {} = {} => [", entry.variant, literal(&entry.wire)));
        let rows = entry.documented.iter().map(|documented| {
            format!("{} {} {}", documented.status, literal(&documented.operation), literal(&documented.description))
        });
        let rows: Vec<String> = rows.collect();
        match rows.as_slice() {
            [only] => out.push_str(only),
            several => {
                for row in several {
                    out.push_str(&format!("\n            {row},"));
                }
                out.push_str("\n        ");
            }
        }
        out.push_str("],\n");
    }
    out.push_str("    }\n}\n");
    Some(out)
}
