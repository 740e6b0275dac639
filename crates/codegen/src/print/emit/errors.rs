//! The error catalogue.

use crate::ir::{ErrorEntry, Ir};

use super::{doc_comment, literal};

/// The catalogue, as a call of the runtime's macro. Operations that several rows share are listed once, so that another
/// operation touches few lines.
pub(crate) fn emit(ir: &Ir) -> Option<String> {
    let catalogue = ir.catalogue.as_ref()?;
    let ty = &ir.types[catalogue.type_id];
    let all: Vec<_> = catalogue.entries.iter().map(rows).collect();
    let mut groups: Vec<&[&str]> = Vec::new();
    let lists: Vec<&[&str]> = all.iter().flatten().map(|row| row.1.as_slice()).collect();
    for (index, list) in lists.iter().enumerate() {
        if lists[index + 1..].contains(list) && !groups.contains(list) {
            groups.push(list);
        }
    }
    let list = |operations: &[&str]| {
        let operations: Vec<String> = operations.iter().copied().map(literal).collect();
        format!("[{}]", operations.join(", "))
    };
    let mut out = String::from("::postpress_runtime::error_catalogue! {\n    operations {\n");
    for (number, operations) in groups.iter().enumerate() {
        out.push_str(&format!(
            "        GROUP_{} = {};\n",
            number + 1,
            list(operations)
        ));
    }
    out.push_str("    }\n");
    doc_comment(&ty.doc, "    ", &mut out);
    out.push_str(&format!("    pub enum {} {{\n", ty.name));
    for (entry, rows) in catalogue.entries.iter().zip(&all) {
        let wire = literal(&entry.wire);
        out.push_str(&format!("        {} = {wire} => [\n", entry.variant));
        for (status, operations, description) in rows {
            let group = groups.iter().position(|group| group == operations);
            let operations = match group {
                Some(number) => format!("GROUP_{}", number + 1),
                None => list(operations),
            };
            let description = literal(description);
            out.push_str(&format!(
                "            {status} {operations}: {description},\n"
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
