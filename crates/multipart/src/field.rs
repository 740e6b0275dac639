//! One place of a form, and what can be put there.

use std::borrow::Cow;
use std::fmt::Display;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::disposition;
use crate::error::Reason;
use crate::options::ArrayNames;
use crate::parts::Parts;
use crate::upload::Upload;
use crate::value::{self, FormValue};

/// A place in a form, with its name in bracket notation: `linkedin[follow_up][scheduled_time]`.
///
/// A value is put there with one of the methods that consume the place; [`member`](Self::member)
/// goes deeper. What cannot be sent is noted with the name of its place, and reported when the form
/// is [finished](crate::FormWriter::finish).
#[derive(Debug)]
pub struct FieldWriter<'f> {
    parts: &'f mut Parts,
    name: Cow<'f, str>,
    accept: Option<&'static str>,
    content_type: Option<&'static str>,
    /// The value is one of those that repeat an array's name.
    in_array: bool,
    /// The name was refused, so that whatever is put here is left out.
    pub(crate) muted: bool,
}

impl<'f> FieldWriter<'f> {
    pub(crate) fn new(parts: &'f mut Parts, name: Cow<'f, str>) -> Self {
        Self {
            parts,
            name,
            accept: None,
            content_type: None,
            in_array: false,
            muted: false,
        }
    }

    /// The name in bracket notation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the media types that files at this place and below it may have: a list separated by
    /// commas, wildcards allowed (`image/*, application/pdf`). This is OpenAPI's
    /// `encoding.contentType`.
    ///
    /// An [`Upload`] whose type is set must be one of these. Without a set type it is sent as the
    /// type that its file name stands for, if that is accepted; else as the list's only entry,
    /// if that is no wildcard; else as `application/octet-stream`, if a wildcard takes that;
    /// else it is refused. Without a list every type is accepted, and the default is
    /// `application/octet-stream`.
    #[must_use]
    pub fn with_accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sets the `Content-Type` of the text or JSON put here. Text has none otherwise.
    #[must_use]
    pub fn with_content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Puts a value here, in the way of its type: see [`FormValue`].
    pub fn put<T: FormValue + ?Sized>(self, value: &T) {
        value.write(self);
    }

    /// Puts a text here: what `value` prints.
    pub fn text(self, value: impl Display) {
        self.push_text(value.to_string());
    }

    /// Puts a file here.
    ///
    /// Files that are missing, unreadable or not regular are refused, and so are streams that were
    /// sent before, and media types and file names that cannot be sent.
    pub fn upload(self, upload: &Upload) {
        if !self.muted {
            let name = self.part_name(self.parts.options.array_names == ArrayNames::Brackets);
            self.parts.push_upload(name, upload, self.accept);
        }
    }

    /// Puts a value here as one JSON part, `application/json` unless
    /// [`with_content_type`](Self::with_content_type) says otherwise. What serializes to `null`
    /// (`None` above all) writes nothing.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) {
        if let Some(json) = self.json_of(value).filter(|json| json != "null") {
            self.push_json(json);
        }
    }

    /// Puts each member of an array here as a JSON part of the same name; a `null` among them too.
    pub fn json_each<'v, T: Serialize + 'v>(mut self, values: impl IntoIterator<Item = &'v T>) {
        for value in values {
            if let Some(json) = self.json_of(value) {
                self.repeat().push_json(json);
            }
        }
    }

    /// Puts anything that serializes here as what it turns out to be: a scalar as a text, an object as a JSON part, and each
    /// member of an array likewise, under the same name. `null` writes nothing.
    pub fn text_or_json<T: Serialize + ?Sized>(mut self, value: &T) {
        // Written before it is looked at: a JSON value would have an `f32` with the digits of an `f64`.
        let json = self.json_of(value).unwrap_or_default();
        match serde_json::from_str(&json) {
            Ok(Value::Array(values)) => {
                for value in &values {
                    self.repeat().text_or_json_part(value);
                }
            }
            Ok(value) => self.text_or_json_part(&value),
            // It was refused.
            Err(_) => {}
        }
    }

    fn text_or_json_part(self, value: &Value) {
        match value {
            Value::Array(_) | Value::Object(_) => self.json(value),
            scalar => self.put(scalar),
        }
    }

    /// Puts the members of an array here as one text, with `separator` between them (OpenAPI's
    /// `explode: false`). An array that is empty, or whose members are all `None`, writes
    /// nothing.
    ///
    /// Members that are not scalars are refused, and so are those that contain the separator, since
    /// they would be read as two.
    pub fn joined<'v, T: FormValue + 'v>(
        mut self,
        values: impl IntoIterator<Item = &'v T>,
        separator: char,
    ) {
        let mut texts = Vec::new();
        for value in values {
            let Some(found) = self.texts_of(value, Reason::NotJoinable) else {
                return;
            };
            match <[_; 1]>::try_from(found) {
                Ok([(name, text)]) if name == self.name => texts.push(text),
                Err(found) if found.is_empty() => {}
                _ => return self.reject(Reason::NotJoinable),
            }
        }
        self.push_separated(&texts, separator);
    }

    /// Puts the members of an object here as one text, names and values in turn with commas between
    /// them (OpenAPI's `style: form` with `explode: false`): `R,100,G,200`. Members that are absent
    /// are left out; an object without members writes nothing.
    ///
    /// Values that are not objects of scalars are refused, and so are names and values that contain
    /// a comma, since they would be read as two.
    pub fn flat<T: FormValue + ?Sized>(mut self, value: &T) {
        let Some(found) = self.texts_of(value, Reason::NotFlat) else {
            return;
        };
        let mut texts = Vec::new();
        for (name, text) in found {
            let key = name.strip_prefix(&*self.name);
            let key = key.and_then(|key| key.strip_prefix('[')?.strip_suffix(']'));
            let Some(key) = key.filter(|key| !key.contains(['[', ']'])) else {
                return self.reject(Reason::NotFlat);
            };
            texts.extend([key.to_owned(), text]);
        }
        self.push_separated(&texts, ',');
    }

    /// Puts anything that serializes here, in bracket notation to any depth: objects as
    /// `name[key]`, arrays of scalars under one repeated name, other arrays as `name[0]`.
    /// `null` and what is empty writes nothing. A key that cannot be a name is refused, as by
    /// [`extra`](Self::extra).
    pub fn deep<T: Serialize + ?Sized>(mut self, value: &T) {
        match serde_json::to_value(value) {
            Ok(value) => value::write_deep(&value, self),
            Err(error) => self.reject(Reason::Json(error)),
        }
    }

    /// The place of a declared member: `name[key]`.
    pub fn member(&mut self, key: &str) -> FieldWriter<'_> {
        let name = format!("{}[{key}]", self.name);
        FieldWriter {
            name: Cow::Owned(name),
            content_type: None,
            in_array: false,
            ..self.again()
        }
    }

    /// The place of a member whose key the caller supplied, beside the `known` ones that are
    /// declared: `name[key]`.
    ///
    /// A key that is empty, contains `[`, `]` or control characters, ends in `\`, reads like a
    /// header's parameter (`x; filename=y`), or is one of `known`, is refused, and what is put there
    /// is not sent.
    pub fn extra(&mut self, key: &str, known: &[&str]) -> FieldWriter<'_> {
        let refused = check_key(key, known).map_err(|reason| self.reject(reason));
        let mut member = self.member(key);
        member.muted |= refused.is_err();
        member
    }

    /// Refuses a value that its type cannot send here: `why` says what is wrong and what to do.
    pub fn refuse(mut self, why: impl Into<String>) {
        self.reject(Reason::Refused(why.into()));
    }

    /// The same place once more, for a member of an array that repeats the name.
    pub(crate) fn repeat(&mut self) -> FieldWriter<'_> {
        FieldWriter {
            in_array: true,
            ..self.again()
        }
    }

    /// The place of an array's member: `name[0]`.
    pub(crate) fn index(&mut self, index: usize) -> FieldWriter<'_> {
        self.member(&index.to_string())
    }

    pub(crate) fn reject(&mut self, reason: Reason) {
        if !self.muted {
            self.parts.refuse(&*self.name, reason);
        }
    }

    fn push_text(self, text: String) {
        let content_type = self.content_type;
        self.push(text, content_type);
    }

    fn push_json(self, json: String) {
        let content_type = self.content_type.unwrap_or("application/json");
        self.push(json, Some(content_type));
    }

    fn push(self, text: String, content_type: Option<&str>) {
        if !self.muted {
            let name = self.part_name(self.parts.options.array_names != ArrayNames::Plain);
            self.parts.push_text(name, Bytes::from(text), content_type);
        }
    }

    fn push_separated(mut self, texts: &[String], separator: char) {
        if let Some(value) = texts.iter().find(|text| text.contains(separator)) {
            let value = value.clone();
            self.reject(Reason::Separator { value, separator });
        } else if !texts.is_empty() {
            self.push_text(texts.join(separator.encode_utf8(&mut [0; 4])));
        }
    }

    fn json_of<T: Serialize + ?Sized>(&mut self, value: &T) -> Option<String> {
        serde_json::to_string(value)
            .map_err(|error| self.reject(Reason::Json(error)))
            .ok()
    }
    /// The names and texts of what the value would write here, if all of that is plain text;
    /// otherwise that is refused: with `reason`, unless the value gives another.
    fn texts_of<T>(&mut self, value: &T, reason: Reason) -> Option<Vec<(String, String)>>
    where
        T: FormValue + ?Sized,
    {
        let mut scratch = Parts::default();
        value.write(FieldWriter::new(&mut scratch, Cow::Borrowed(&self.name)));
        if !scratch.refused.is_empty() {
            if !self.muted {
                self.parts.refused.append(&mut scratch.refused);
            }
            return None;
        }
        let texts = scratch.accepted.iter().map(|part| {
            let text = part.text().filter(|_| part.media_type().is_none())?;
            Some((part.name().to_owned(), text.to_owned()))
        });
        let texts = texts.collect::<Option<_>>();
        if texts.is_none() {
            self.reject(reason);
        }
        texts
    }

    fn part_name(&self, brackets: bool) -> String {
        // A document may have named them so itself.
        if self.in_array && brackets && !self.name.ends_with("[]") {
            format!("{}[]", self.name)
        } else {
            self.name.to_string()
        }
    }

    fn again(&mut self) -> FieldWriter<'_> {
        FieldWriter {
            parts: self.parts,
            name: Cow::Borrowed(&self.name),
            accept: self.accept,
            content_type: self.content_type,
            in_array: self.in_array,
            muted: self.muted,
        }
    }
}

/// Whether a key that the caller supplied can be a name beside the `known` ones.
pub(crate) fn check_key(key: &str, known: &[&str]) -> Result<(), Reason> {
    if key.is_empty() {
        return Err(Reason::NameEmpty);
    }
    if key.contains(['[', ']']) {
        return Err(Reason::NameBrackets(key.to_owned()));
    }
    if key.contains(char::is_control)
        || !disposition::is_safe(key)
        || disposition::has_parameter(key)
    {
        return Err(Reason::NameUnsafe(key.to_owned()));
    }
    if known.contains(&key) {
        return Err(Reason::NameDeclared(key.to_owned()));
    }
    Ok(())
}
