//! The operations of a document, each by its method and path.

use crate::{Cursor, Document};

/// The fields of a path item that hold operations.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A method of a path, as the document describes it.
#[derive(Clone, Debug)]
pub struct Endpoint<'d> {
    /// The HTTP method in small letters: `get`.
    pub method: &'d str,
    /// The path with its templates: `/chats/{id}`.
    pub path: &'d str,
    /// The operation object.
    pub at: Cursor<'d>,
    /// The path item that it stands in, references followed.
    pub item: Cursor<'d>,
}

impl<'d> Endpoint<'d> {
    /// Its `operationId`, where it has one.
    pub fn id(&self) -> Option<&'d str> {
        self.at.text("operationId")
    }

    /// The parameters that its path and itself declare, as they are written.
    pub fn declared(&self) -> impl Iterator<Item = Cursor<'d>> + use<'d> {
        self.item
            .list("parameters")
            .chain(self.at.list("parameters"))
    }

    /// The parameters that it has, in the order in which they are declared, references followed by `resolve`. Its own
    /// declaration of a parameter takes the place of the path's.
    pub fn parameters(
        &self,
        resolve: impl Fn(&Cursor<'d>) -> Option<Cursor<'d>>,
    ) -> Vec<Cursor<'d>> {
        let key = |parameter: &Cursor<'d>| (parameter.text("in"), parameter.text("name"));
        let mut parameters: Vec<Cursor<'d>> = Vec::new();
        for parameter in self.declared().filter_map(|parameter| resolve(&parameter)) {
            match parameters
                .iter_mut()
                .find(|known| key(known) == key(&parameter))
            {
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        parameters
    }
}

impl Document {
    /// Every operation of every path, in the order of the document. Paths that refer to others have their operations.
    pub fn endpoints(&self) -> Vec<Endpoint<'_>> {
        let mut endpoints = Vec::new();
        for (path, item) in Cursor::root(self).map("paths") {
            let Some(item) = item.resolve(self).filter(|_| !path.starts_with("x-")) else {
                continue;
            };
            let methods = item.entries().filter(|(key, _)| METHODS.contains(key));
            endpoints.extend(methods.map(|(method, at)| Endpoint {
                method,
                path,
                at,
                item: item.clone(),
            }));
        }
        endpoints
    }
}
