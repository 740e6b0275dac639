//! The error catalogue.

use crate::ir::{ErrorEntry, Ir};

use super::{doc_comment, literal};

/// The catalogue, as a call of the runtime's macro.
pub(crate) fn emit(ir: &Ir) -> Option<String> {
    let catalogue = ir.catalogue.as_ref()?;
    let ty = &ir.types[catalogue.type_id];
    let mut out = String::from("::postpress_runtime::error_catalogue! {\n");
    doc_comment(&ty.doc, "    ", &mut out);
    out.push_str(&format!("    pub enum {} {{\n", ty.name));
    for entry in &catalogue.entries {
        out.push_str(&format!(
            "        {} = {} => [\n",
            entry.variant,
            literal(&entry.wire)
        ));
        for (status, operations, description) in rows(entry) {
            let operations: Vec<String> = operations.into_iter().map(literal).collect();
            out.push_str(&format!(
                "            {status} {}: {},\n",
                operations.join(" "),
                literal(description)
            ));
        }
        out.push_str("        ],\n");
    }
    out.push_str("    }\n}\n");
    Some(out)
}

/// Where an error type is documented, operations with the same status and meaning together.
fn rows(entry: &ErrorEntry) -> Vec<(u16, Vec<&str>, &str)> {
    let mut rows: Vec<(u16, Vec<&str>, &str)> = Vec::new();
    for documented in &entry.documented {
        let same = |row: &&mut (u16, Vec<&str>, &str)| {
            row.0 == documented.status && row.2 == documented.description
        };
        match rows.iter_mut().find(same) {
            Some((_, operations, _)) => operations.push(&documented.operation),
            None => rows.push((
                documented.status,
                vec![&documented.operation],
                &documented.description,
            )),
        }
    }
    rows
}
