//! Which file each item stands in.
//!
//! The modules of the output are `client`, `types` and so on, whatever the size of the document, and every item is reached through
//! its module: in a document that is large, the module has files of its own behind it, one for each tag. So a document may grow,
//! and a tag or a path may change, without a path in the code of a user changing.

mod place;

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse_quote;

use crate::{
    format::{format, print},
    generate::{File, STACK},
    ir::{Ir, TypeId, docs::code, named, reach::parts},
    names::{self, Names},
    print::{emit, progenitor},
};

use self::place::{Part, Place, UNTAGGED, divide};

/// A module of more lines than this has a file for each tag, and a tag of more lines a file for each next part of the operations'
/// paths. It is what somebody can still read through, some seventy operations, and half of the most that we promise, so that an item
/// of any likely size fits.
pub(crate) const LONGEST_FILE: usize = 2_500;

/// With more tags than this, each is a feature of the crate: there is something to leave out.
pub const FEW_TAGS: usize = 5;

/// What an item is about.
#[derive(Clone, Copy, Debug)]
enum About {
    Operation(usize),
    Type(TypeId),
}

/// An item with its implementations, or a method.
struct Piece {
    about: About,
    text: String,
    /// The names that it uses without a path.
    used: HashSet<String>,
}

struct Module {
    name: &'static str,
    /// What stands in the module's own file, before all else.
    head: Option<Piece>,
    pieces: Vec<Piece>,
}

/// The files of the output, without what stands at the head of each, and the features that they have.
pub(crate) fn files(
    ir: &Ir,
    longest: usize,
    with_features: bool,
) -> Result<(Vec<File>, Vec<String>), String> {
    // What progenitor prints of a large document takes as long as all the rest.
    let modules = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || structs(ir));
        let thread = thread.map_err(|error| format!("no thread could be started: {error}"))?;
        modules(ir, || {
            let structs = thread.join();
            structs.map_err(|_| "progenitor's thread panicked")?
        })
    })?;
    let is_large = modules.iter().any(|module| module.lines() > longest);
    let operations = place::of_operations(ir);
    let types = place::of_types(ir, &operations);
    let tags = operations
        .iter()
        .chain(&types)
        .filter_map(|place| place.first());
    let features: BTreeSet<&String> = tags.filter(|tag| *tag != UNTAGGED).collect();
    let mut features: Vec<String> = features.into_iter().cloned().collect();
    if !with_features || !is_large || features.len() <= FEW_TAGS {
        features.clear();
    }
    let siblings: Vec<&str> = modules.iter().skip(1).map(|module| module.name).collect();
    let mut files = vec![File {
        path: "mod.rs".to_owned(),
        contents: emit::module::emit(ir, &siblings),
    }];
    let layout = Layout {
        ir,
        longest,
        siblings,
        types,
        operations,
        has_features: !features.is_empty(),
    };
    for module in &modules {
        files.extend(layout.files_of(module)?);
    }
    Ok((files, features))
}

/// The structs that progenitor prints.
fn structs(ir: &Ir) -> Result<Vec<Piece>, String> {
    let structs = progenitor::structs(ir)?.into_iter();
    let pieces = structs.map(|(id, item)| Piece::of_struct(id, item));
    Ok(pieces.collect())
}

/// The modules that there is something in, the client first.
fn modules(
    ir: &Ir,
    structs: impl FnOnce() -> Result<Vec<Piece>, String>,
) -> Result<Vec<Module>, String> {
    let mut methods = Vec::new();
    for (index, tokens) in emit::operations::methods(ir).into_iter().enumerate() {
        let mut piece = Piece::new(About::Operation(index), quote!(impl Client { #tokens }))?;
        let inside = piece.text.split_once('\n').map_or("", |(_, inside)| inside);
        piece.text = inside.strip_suffix("}\n").unwrap_or(inside).to_owned();
        methods.push(piece);
    }
    let catalogue = ir.catalogue.as_ref().map(|catalogue| catalogue.type_id);
    let texts = |texts: Vec<(TypeId, String)>| {
        let pieces = texts.into_iter().map(|(id, text)| Piece {
            about: About::Type(id),
            text,
            used: HashSet::new(),
        });
        pieces.collect()
    };
    let types = |items: Vec<(TypeId, TokenStream)>| {
        let pieces = items.into_iter();
        let pieces = pieces.map(|(id, tokens)| Piece::new(About::Type(id), tokens));
        pieces.collect::<Result<Vec<_>, _>>()
    };
    let by_operation = |items: Vec<(usize, TokenStream)>| {
        let pieces = items.into_iter();
        let pieces = pieces.map(|(index, tokens)| Piece::new(About::Operation(index), tokens));
        pieces.collect::<Result<Vec<_>, _>>()
    };
    let client = Module {
        name: "client",
        // The head is about none of them.
        head: Some(Piece::new(About::Operation(0), emit::client::emit(ir))?),
        pieces: methods,
    };
    let others = [
        ("bodies", by_operation(emit::bodies::emit(ir))?),
        ("enums", texts(emit::enums::emit(ir))),
        (
            "errors",
            texts(catalogue.zip(emit::errors::emit(ir)).into_iter().collect()),
        ),
        ("forms", types(emit::forms::emit(ir))?),
        ("params", by_operation(emit::params::emit(ir))?),
        ("responses", texts(emit::responses::emit(ir))),
        ("types", structs()?),
        ("variants", types(emit::variants::emit(ir))?),
    ];
    let others = others.into_iter().filter(|(_, pieces)| !pieces.is_empty());
    let others = others.map(|(name, pieces)| Module {
        name,
        head: None,
        pieces,
    });
    Ok(std::iter::once(client).chain(others).collect())
}

impl Piece {
    fn new(about: About, tokens: TokenStream) -> Result<Self, String> {
        let mut used = HashSet::new();
        names_in(tokens.clone(), &mut used);
        Ok(Self {
            about,
            text: format(tokens)?,
            used,
        })
    }

    fn of_struct(id: TypeId, item: syn::ItemStruct) -> Self {
        let mut used = HashSet::new();
        names_in(item.to_token_stream(), &mut used);
        let mut file: syn::File = parse_quote!();
        file.items.push(syn::Item::Struct(item));
        Self {
            about: About::Type(id),
            text: print(&file),
            used,
        }
    }

    /// The type that it is, if it is one.
    fn type_id(&self) -> Option<TypeId> {
        match self.about {
            About::Type(id) => Some(id),
            About::Operation(_) => None,
        }
    }

    fn lines(&self) -> usize {
        self.text.lines().count() + 1
    }
}

/// The names that `tokens` use without a path. What attributes say is not among them.
fn names_in(tokens: TokenStream, found: &mut HashSet<String>) {
    let mut before = [' ', ' '];
    for token in tokens {
        let mut now = ' ';
        match token {
            TokenTree::Ident(name) if before != [':', ':'] => {
                found.insert(name.to_string());
            }
            TokenTree::Group(group) if before[1] != '#' => names_in(group.stream(), found),
            TokenTree::Punct(punct) => now = punct.as_char(),
            _ => {}
        }
        before = [before[1], now];
    }
}

impl Module {
    fn lines(&self) -> usize {
        let pieces = self.head.iter().chain(&self.pieces);
        pieces.map(Piece::lines).sum()
    }

    /// What pieces bring into scope from outside of the generated code.
    fn imports(&self, pieces: &[&Piece]) -> Result<String, String> {
        let used = |name: &str| pieces.iter().any(|piece| piece.used.contains(name));
        let among = |names: &[&'static str]| {
            let used = names.iter().copied().filter(|name| used(name));
            let names: Vec<_> = used.map(|name| format_ident!("{name}")).collect();
            names
        };
        format(match self.name {
            "client" => {
                let runtime = used("runtime").then(|| quote!(self as runtime,));
                let names = among(&emit::client::IMPORTS);
                let options = used("FormOptions").then(|| {
                    quote!(
                        use ::postpress_runtime::multipart::FormOptions;
                    )
                });
                quote!(use ::postpress_runtime::{#runtime #(#names),*}; #options)
            }
            "forms" => {
                let names = among(&emit::forms::IMPORTS);
                if names.is_empty() {
                    TokenStream::new()
                } else {
                    quote!(use ::postpress_runtime::multipart::{#(#names),*};)
                }
            }
            _ => TokenStream::new(),
        })
    }

    /// The pieces as they stand in a file, with `doc` where they are methods.
    fn text(&self, pieces: &[&Piece], doc: &str) -> String {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.trim_end()).collect();
        let texts = texts.join("\n\n");
        match (self.name, texts.as_str()) {
            ("client", "") => format!("/// {doc}\nimpl Client {{}}"),
            ("client", _) => format!("/// {doc}\nimpl Client {{\n{texts}\n}}"),
            _ => texts,
        }
    }
}

struct Layout<'m> {
    ir: &'m Ir,
    longest: usize,
    /// The modules beside the client.
    siblings: Vec<&'static str>,
    operations: Vec<Place>,
    types: Vec<Place>,
    has_features: bool,
}

impl Layout<'_> {
    fn place(&self, piece: &Piece) -> &Place {
        match piece.about {
            About::Operation(index) => &self.operations[index],
            About::Type(id) => &self.types[id],
        }
    }

    fn files_of(&self, module: &Module) -> Result<Vec<File>, String> {
        let places = module.pieces.iter().map(|piece| self.place(piece));
        let pieces: Vec<(&Place, usize)> =
            places.zip(module.pieces.iter().map(Piece::lines)).collect();
        let fits = module.lines() <= self.longest;
        let belongs = pieces.iter().any(|(place, _)| !place.is_empty());
        if !belongs || (fits && !self.has_features) {
            return Ok(vec![self.flat(module)?]);
        }
        let parts = divide(&pieces, self.longest, self.has_features);
        // A file that uses another module cannot have one of that name behind it.
        let mut used = Names::reserving(self.siblings.iter().copied());
        let named = parts.into_iter().map(|part| {
            let name = names::snake(&part.name.join("_"));
            (used.claim(&name, "common"), part)
        });
        let named: Vec<(String, Part)> = named.collect();
        let mut files = vec![self.parent(module, &named)?];
        let all = module.pieces.iter().filter_map(Piece::type_id).collect();
        for (name, part) in &named {
            files.push(self.part(module, &all, name, part)?);
        }
        Ok(files)
    }

    /// All of a module in one file.
    fn flat(&self, module: &Module) -> Result<File, String> {
        let pieces: Vec<&Piece> = module.pieces.iter().collect();
        let all: Vec<&Piece> = module.head.iter().chain(&module.pieces).collect();
        let doc = "The operations of the service, in the order of its description.";
        let head = module.head.as_ref().map(|head| head.text.clone());
        let texts = [
            module.imports(&all)?,
            head.unwrap_or_default(),
            module.text(&pieces, doc),
        ];
        Ok(self.file(module, "super", format!("{}.rs", module.name), &texts))
    }

    /// A module's own file, where others stand behind it.
    fn parent(&self, module: &Module, parts: &[(String, Part)]) -> Result<File, String> {
        let head: Vec<&Piece> = module.head.iter().collect();
        let declared = |item: &dyn Fn(&str) -> String| {
            let items = parts.iter().map(|(name, part)| {
                let feature = self.feature(module, part);
                let only = feature.map(|feature| format!("#[cfg(feature = {feature:?})]\n"));
                only.unwrap_or_default() + &item(name)
            });
            items.collect::<String>()
        };
        let exports = match module.name {
            "client" => String::new(),
            _ => declared(&|name| format!("pub use {name}::*;\n")),
        };
        let text = head.first().map_or(String::new(), |head| match self.has_features {
            true => head.text.replacen(
                "\npub struct Client {",
                "\n#[allow(dead_code, reason = \"which credentials are used depends on the features\")]\npub struct Client {",
                1,
            ),
            false => head.text.clone(),
        });
        let modules = declared(&|name| format!("mod {name};\n"));
        let texts = [module.imports(&head)?, modules, exports, text];
        Ok(self.file(module, "super", format!("{}.rs", module.name), &texts))
    }

    /// A file behind a module that has the types `all`.
    fn part(
        &self,
        module: &Module,
        all: &HashSet<TypeId>,
        name: &str,
        part: &Part,
    ) -> Result<File, String> {
        let pieces: Vec<&Piece> = part
            .pieces
            .iter()
            .map(|index| &module.pieces[*index])
            .collect();
        let tag = pieces.iter().find_map(|piece| match piece.about {
            About::Operation(index) => self.ir.operations[index].tag.as_deref(),
            About::Type(_) => None,
        });
        let doc = match tag {
            Some(tag) => format!(
                "The operations of the service that are tagged {}.",
                code(tag)
            ),
            None => "Operations of the service.".to_owned(),
        };
        let text = module.text(&pieces, &doc);
        // Links lead out of a folder more. The runtime has a short name only where code uses it.
        let text = text.replace("](super::", "](super::super::");
        let text = text.replace("](runtime::", "](::postpress_runtime::");
        let beside = match module.name {
            "client" => vec!["Client"],
            _ => self.beside(all, &pieces),
        };
        let beside: Vec<_> = beside.iter().map(|name| format_ident!("{name}")).collect();
        let beside = match beside.as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(
                use super::#only;
            ),
            several => quote!(
                use super::{#(#several),*};
            ),
        };
        let imports = format(beside)? + &module.imports(&pieces)?;
        let texts = [imports, text];
        let path = format!("{}/{name}.rs", module.name);
        Ok(self.file(module, "super::super", path, &texts))
    }

    /// The types of the same module that stand in other files. They are named one by one: that hundreds of files take all of each
    /// other's names is more than the compiler can bear.
    fn beside(&self, all: &HashSet<TypeId>, pieces: &[&Piece]) -> Vec<&str> {
        let own: HashSet<TypeId> = pieces.iter().filter_map(|piece| piece.type_id()).collect();
        let mut names = BTreeSet::new();
        for piece in pieces {
            let parts = piece
                .type_id()
                .map_or(Vec::new(), |id| parts(&self.ir.types, id));
            for id in parts
                .iter()
                .filter_map(named)
                .filter(|id| all.contains(id) && !own.contains(id))
            {
                let name = self.ir.types[id].name.as_str();
                names.extend(piece.used.contains(name).then_some(name));
            }
        }
        names.into_iter().collect()
    }

    /// The feature without which a part is left out.
    fn feature(&self, module: &Module, part: &Part) -> Option<&str> {
        let first = self.place(&module.pieces[*part.pieces.first()?]).first()?;
        (self.has_features && !part.name.is_empty() && first != UNTAGGED).then_some(first)
    }

    fn file(&self, module: &Module, up: &str, path: String, texts: &[String]) -> File {
        let texts = texts.iter().map(|text| text.trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let contents = texts.join("\n\n");
        let uses = emit::uses(&self.siblings, module.name, up, &contents);
        File {
            path,
            contents: uses + &contents,
        }
    }
}
