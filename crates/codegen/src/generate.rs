//! The stages, one after the other.

use postpress_openapi::{Diagnostics, Document, Pointer, Position, Severity, Source, codes};

use crate::{
    check::check,
    ir::{Ir, TypeKind},
    layout,
    lower::lower,
    normalize::{Loader, normalize},
    print::emit,
    select::{Filter, Skipped},
};

/// What to generate, and what the output says about how it was made.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The command that regenerates the files, named at the head of each.
    pub command: String,
    /// Generates the operations that any of these selects, with the types that they reach; all, if there are none.
    pub only: Vec<Filter>,
    /// Leaves out the operations that cannot be generated, instead of refusing the document.
    pub skip_unsupported: bool,
    /// Reads the other files that the document refers to; without it, such references are errors.
    pub loader: Option<Loader>,
    /// Makes each tag of a large document a feature of the crate, if there are more than a few. [`package`](crate::package)
    /// declares them; what else the files are put into must do so.
    pub features: bool,
    /// How many lines a file may have before it is split, by tag; by default 2,500. A single item is never split.
    pub longest_file: Option<usize>,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, relative to the module's folder, or to the crate's for [`package`](crate::package).
    pub path: String,
    /// All of its text.
    pub contents: String,
}

/// What [`generate`] makes of a document.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module's files: `mod.rs`, `client.rs` and, as the document needs them, `enums.rs`, `errors.rs`, `forms.rs`,
    /// `params.rs`, `types.rs` and `variants.rs`. Behind those of a large document stand others: `types/TAG.rs`.
    pub files: Vec<File>,
    /// The features that leave out what no enabled tag uses, one for each tag; none unless
    /// [`Settings::features`] asks for them and the document is large.
    pub features: Vec<String>,
    /// What the document's author should know, although it stopped nothing.
    pub warnings: Diagnostics,
    /// The operations that were left out, since they cannot be generated.
    pub skipped: Vec<Skipped>,
    /// How much was generated.
    pub summary: Summary,
    pub(crate) title: String,
    /// The lines of a first call, for the README of a crate.
    pub(crate) first_call: Vec<String>,
    pub(crate) uses_files: bool,
}

/// How much was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Methods of the client.
    pub operations: usize,
    /// Objects that travel as JSON.
    pub types: usize,
    /// Multipart bodies, and the objects in them.
    pub forms: usize,
    /// Open enums.
    pub enums: usize,
    /// Unions that travel as JSON.
    pub unions: usize,
    /// Entries of the error catalogue.
    pub error_types: usize,
}

/// Reading recurses as deeply as documents are nested. This is enough for everything within the limits of parsing.
pub(crate) const STACK: usize = 256 << 20;

/// Generates a client from a document.
///
/// # Errors
/// All that is wrong with the document, each with its place and what to do.
pub fn generate(source: &Source<'_>, settings: &Settings) -> Result<Output, Diagnostics> {
    on_large_stack(source, || {
        let (ir, warnings) = check_and_lower(source, settings)?;
        let files = files(&ir, settings, source.name);
        let (files, features) = files.map_err(|message| internal(source, message))?;
        Ok(Output {
            files,
            features,
            warnings,
            skipped: ir.skipped.clone(),
            summary: summary(&ir),
            title: ir.title.clone(),
            first_call: emit::operations::first_call(&ir),
            uses_files: ir.types.iter().any(|ty| ty.in_form),
        })
    })
}

/// Reads a document: its operations and types, as they would be generated.
///
/// # Errors
/// All that is wrong with the document, each with its place and what to do.
pub fn read(source: &Source<'_>, settings: &Settings) -> Result<Ir, Diagnostics> {
    on_large_stack(source, || {
        check_and_lower(source, settings).map(|(ir, _)| ir)
    })
}

fn on_large_stack<T: Send>(
    source: &Source<'_>,
    run: impl FnOnce() -> Result<T, Diagnostics> + Send,
) -> Result<T, Diagnostics> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("codegen".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, run);
        let result = thread.map_err(|error| format!("no thread could be started: {error}"));
        let result = result.and_then(|thread| {
            thread
                .join()
                .map_err(|_| "the generator panicked".to_owned())
        });
        result.unwrap_or_else(|message| Err(internal(source, message)))
    })
}

/// The IR of a document, and what its author should know.
fn check_and_lower(
    source: &Source<'_>,
    settings: &Settings,
) -> Result<(Ir, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::new(source.name);
    let Some(written) = Document::parse(source, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let (document, places) = normalize(written, settings.loader.as_ref(), &mut diagnostics);
    let Some(index) = check(&document, &places.broken, &mut diagnostics) else {
        diagnostics.change(|finding| places.restore(finding));
        return Err(diagnostics);
    };
    let mut ir = lower(index, &settings.only, &places.broken, &mut diagnostics);
    diagnostics.change(|finding| places.restore(finding));
    let is_empty = diagnostics
        .iter()
        .any(|finding| finding.code == codes::NOTHING_SELECTED.name);
    let is_skippable = settings.skip_unsupported && !is_empty;
    if diagnostics.has_errors() && !is_skippable {
        return Err(diagnostics);
    }
    for skipped in &mut ir.skipped {
        let mut reasons = Diagnostics::new(source.name);
        skipped
            .reasons
            .drain(..)
            .for_each(|reason| reasons.push(reason));
        reasons.change(|finding| places.restore(finding));
        skipped.reasons = reasons.iter().cloned().collect();
    }
    // What an operation is left out for is said with the operation; the rest only cost types.
    let reasons = || ir.skipped.iter().flat_map(|skipped| &skipped.reasons);
    diagnostics.retain(|finding| !reasons().any(|reason| reason == finding));
    diagnostics.change(|finding| finding.severity = Severity::Warning);
    Ok((ir, diagnostics))
}

/// The report of a fault of the generator itself.
fn internal(source: &Source<'_>, message: String) -> Diagnostics {
    let mut diagnostics = Diagnostics::new(source.name);
    diagnostics.report_at(
        codes::INTERNAL,
        Position { line: 1, column: 1 },
        &Pointer::root(),
        message,
        "this is a fault of the generator: report it together with the document",
    );
    diagnostics
}

/// The files, each with what it was made from and how at its head, and the features that they have.
fn files(ir: &Ir, settings: &Settings, name: &str) -> Result<(Vec<File>, Vec<String>), String> {
    let longest = settings.longest_file.unwrap_or(layout::LONGEST_FILE);
    let (mut files, features) = layout::files(ir, longest, settings.features)?;
    for file in &mut files {
        file.contents = format!(
            "// Generated from {name}, do not edit. To regenerate: {}\n\n{}\n",
            settings.command,
            file.contents.trim_end()
        );
    }
    Ok((files, features))
}

fn summary(ir: &Ir) -> Summary {
    let count = |wanted: &dyn Fn(&crate::ir::TypeDef) -> bool| {
        ir.types.iter().filter(|ty| wanted(ty)).count()
    };
    Summary {
        operations: ir.operations.len(),
        types: count(&|ty| ty.in_json && matches!(ty.kind, TypeKind::Struct(_))),
        forms: count(&|ty| {
            ty.in_form && matches!(ty.kind, TypeKind::Struct(_) | TypeKind::Union(_))
        }),
        enums: count(&|ty| {
            (ty.in_json || ty.in_form)
                && matches!(ty.kind, TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_))
        }),
        unions: count(&|ty| ty.in_json && matches!(ty.kind, TypeKind::Union(_))),
        error_types: ir
            .catalogue
            .as_ref()
            .map_or(0, |catalogue| catalogue.entries.len()),
    }
}
