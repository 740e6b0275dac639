//! How callers prove who they are.

use std::collections::HashSet;

use postpress_openapi::{Cursor, codes};

use crate::{
    ir::{Credential, CredentialKind, docs::for_rustdoc},
    names::{self, Names},
};

use super::Lowering;

impl<'d> Lowering<'d, '_> {
    /// The header credentials that operations ask for.
    pub(super) fn credentials(&mut self) -> Vec<Credential> {
        let mut found = Vec::new();
        let mut used = Names::reserving(["service", "http_client", "form_options"]);
        let wanted = self.wanted_schemes();
        for (scheme, at) in self.index.document.components("securitySchemes") {
            let Ok(at) = self.resolve(&at) else { continue };
            if !wanted.contains(scheme) {
                self.diagnostics.report(
                    codes::UNUSED_SECURITY_SCHEME,
                    &at,
                    format!("no operation asks for the credential {scheme:?}, so the client does not take it"),
                    "name it under `security`, of the document or of the operations that need it",
                );
                continue;
            }
            match kind_of(&at) {
                Some(kind) => found.push(Credential {
                    origin: (&at).into(),
                    scheme: scheme.to_owned(),
                    rust: used.claim(&names::snake(scheme), "credentials"),
                    kind,
                    doc: for_rustdoc(at.text("description").unwrap_or_default()),
                }),
                None => self.diagnostics.report(
                    codes::UNSUPPORTED_SECURITY_SCHEME,
                    &at,
                    format!("the generated client does not send the credential {scheme:?}"),
                    "header keys, basic and bearer credentials are sent; set others on the HTTP client yourself",
                ),
            }
        }
        found
    }

    /// The security requirements of an operation: its own list, or else that of the document.
    fn requirements(&self, operation: &Cursor<'d>) -> Vec<Cursor<'d>> {
        self.security_list(operation).items().collect()
    }

    /// The list of security requirements that counts for an operation; without one the whole document.
    pub(super) fn security_list(&self, operation: &Cursor<'d>) -> Cursor<'d> {
        let root = self.index.root();
        let own = operation.get("security");
        own.or_else(|| root.get("security")).unwrap_or(root)
    }

    /// What an operation demands, by the names of the schemes.
    pub(super) fn security(&self, operation: &Cursor<'d>) -> Vec<Vec<String>> {
        let requirements = self.requirements(operation).into_iter();
        let names = |one: Cursor<'d>| one.entries().map(|(scheme, _)| scheme.to_owned()).collect();
        requirements.map(names).collect()
    }

    /// The names of the security schemes that some operation asks for.
    fn wanted_schemes(&self) -> HashSet<&'d str> {
        let requirements = self
            .endpoints
            .iter()
            .flat_map(|endpoint| self.requirements(&endpoint.at));
        let schemes = requirements.flat_map(|requirement| requirement.entries());
        schemes.map(|(scheme, _)| scheme).collect()
    }

    /// The numbers of the credentials that an operation takes.
    pub(super) fn required_credentials(
        &self,
        operation: &Cursor<'d>,
        credentials: &[Credential],
    ) -> Vec<usize> {
        let number = |scheme: &str| credentials.iter().position(|known| known.scheme == scheme);
        let alternatives = self.requirements(operation).into_iter();
        let met = alternatives.filter_map(|requirement| {
            let needed = requirement.entries().map(|(scheme, _)| number(scheme));
            needed.collect::<Option<Vec<usize>>>()
        });
        // Any alternative will do: the client sends whichever of them it was given.
        let mut all: Vec<usize> = met.flatten().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn kind_of(scheme: &Cursor<'_>) -> Option<CredentialKind> {
    let text = |key: &str| scheme.text(key).unwrap_or_default();
    let http = text("scheme").to_ascii_lowercase();
    match (text("type"), text("in"), http.as_str()) {
        ("apiKey", "header", _) => {
            let name = scheme.text("name")?;
            Some(CredentialKind::ApiKeyHeader(name.to_owned()))
        }
        ("http", _, "basic") => Some(CredentialKind::Basic),
        ("http", _, "bearer") | ("oauth2" | "openIdConnect", _, _) => Some(CredentialKind::Bearer),
        _ => None,
    }
}
