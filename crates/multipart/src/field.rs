//! The cursor at one place of a form.

use std::borrow::Cow;
use std::fmt::Display;

use bytes::Bytes;
use serde::Serialize;

use crate::array::FormArray;
use crate::disposition;
use crate::error::{FormError, Reason};
use crate::form::ArrayNames;
use crate::upload::Upload;
use crate::value::{self, FormValue};
use crate::writer::{Content, FormWriter};

/// A place in a form, with its name in bracket notation: `linkedin[follow_up][scheduled_time]`.
///
/// A value is put there with one of the methods that consume the field; [`member`](Self::member)
/// goes deeper.
#[derive(Debug)]
pub struct Field<'f> {
    form: &'f mut FormWriter,
    name: Cow<'f, str>,
    accept: Option<&'static str>,
    content_type: Option<&'static str>,
    /// The value is one of those that repeat an array's name.
    in_array: bool,
}

impl<'f> Field<'f> {
    pub(crate) fn new(form: &'f mut FormWriter, name: Cow<'f, str>) -> Self {
        Self {
            form,
            name,
            accept: None,
            content_type: None,
            in_array: false,
        }
    }

    /// The name in bracket notation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The media types that files in this field and below it may have: a list separated by commas,
    /// wildcards allowed (`image/*, application/pdf`). This is OpenAPI's
    /// `encoding.contentType`.
    ///
    /// An [`Upload`] whose type is set must be one of these. Without a set type it is sent as the
    /// type that its file name stands for, if that is accepted; else as the list's only entry,
    /// if that is no wildcard; else as `application/octet-stream`, if a wildcard takes that;
    /// else it is refused. Without a list every type is accepted, and the default is
    /// `application/octet-stream`.
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sends the text or JSON put here with this `Content-Type`. Text has none otherwise.
    #[must_use]
    pub fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Puts a value here, in the way of its type.
    ///
    /// # Errors
    ///
    /// What [`FormValue`] says of the type.
    pub fn put<T: FormValue + ?Sized>(self, value: &T) -> Result<(), FormError> {
        value.write(self)
    }

    /// Puts a text here: what `value` prints.
    ///
    /// # Errors
    ///
    /// A [`content_type`](Self::content_type) that is malformed; a name that cannot stand in a
    /// header.
    pub fn text(self, value: impl Display) -> Result<(), FormError> {
        self.push_text(value.to_string().into())
    }

    /// Puts a file here.
    ///
    /// # Errors
    ///
    /// A file that is missing, unreadable or not a regular one; a stream that was sent before; a
    /// media type or file name that cannot be sent.
    pub fn upload(self, upload: &Upload) -> Result<(), FormError> {
        let name = self.part_name(self.form.array_names == ArrayNames::Brackets);
        self.form.push_upload(name, upload, self.accept)
    }

    /// Puts a value here as one JSON part, `application/json` unless
    /// [`content_type`](Self::content_type) says otherwise. What serializes to `null` (`None`
    /// above all) writes nothing.
    ///
    /// # Errors
    ///
    /// A value that cannot be serialized.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormError> {
        let json = self.to_json(value)?;
        if json == "null" {
            return Ok(());
        }
        self.push_json(json)
    }

    /// Puts each member of an array here as a JSON part of the same name; a `null` among them too.
    ///
    /// # Errors
    ///
    /// A value that cannot be serialized.
    pub fn json_each<A>(mut self, values: &A) -> Result<(), FormError>
    where
        A: FormArray + ?Sized,
        A::Member: Serialize,
    {
        self.in_array = true;
        for value in values.members() {
            let json = self.to_json(value)?;
            self.again().push_json(json)?;
        }
        Ok(())
    }

    /// Puts the members of an array here as one text, with `separator` between them (OpenAPI's
    /// `explode: false`). An array that is empty, or whose members are all `None`, writes
    /// nothing.
    ///
    /// # Errors
    ///
    /// A member that is not a scalar; one that contains the separator, since it would be read as
    /// two.
    pub fn joined<A>(self, values: &A, separator: char) -> Result<(), FormError>
    where
        A: FormArray + ?Sized,
        A::Member: FormValue,
    {
        let mut texts = Vec::new();
        for value in values.members() {
            if let Some(text) = self.scalar_text(value)? {
                if text.contains(separator) {
                    return Err(self.error(Reason::Separator {
                        value: text,
                        separator,
                    }));
                }
                texts.push(text);
            }
        }
        if texts.is_empty() {
            return Ok(());
        }
        let joined = texts.join(separator.encode_utf8(&mut [0; 4]));
        self.push_text(joined.into())
    }

    /// Puts the members of an object here as one text, names and values in turn with commas between them (OpenAPI's
    /// `style: form` with `explode: false`): `R,100,G,200`. Members that are absent are left out; an object without
    /// members writes nothing.
    ///
    /// # Errors
    ///
    /// A value that is no object of scalars; a name or value that contains a comma, since it would be read as two.
    pub fn flat<T: FormValue + ?Sized>(self, value: &T) -> Result<(), FormError> {
        let mut scratch = FormWriter::new();
        scratch.field(&self.name).put(value)?;
        let mut texts = Vec::new();
        for part in scratch.parts {
            let key = part.name().strip_prefix(&*self.name);
            let key = key.and_then(|key| key.strip_prefix('[')?.strip_suffix(']'));
            let Some(key) = key.filter(|key| part.is_plain_text() && !key.contains(['[', ']']))
            else {
                return Err(self.error(Reason::NotFlat));
            };
            texts.push(key.to_owned());
            match part.content {
                Content::Memory(text) => texts.push(String::from_utf8_lossy(&text).into_owned()),
                _ => return Err(self.error(Reason::NotFlat)),
            }
        }
        if let Some(value) = texts.iter().find(|text| text.contains(',')).cloned() {
            return Err(self.error(Reason::Separator {
                value,
                separator: ',',
            }));
        }
        if texts.is_empty() {
            return Ok(());
        }
        self.push_text(texts.join(",").into())
    }

    /// Puts anything that serializes here, in bracket notation to any depth: objects as
    /// `name[key]`, arrays of scalars under one repeated name, other arrays as `name[0]`.
    /// `null` and what is empty writes nothing.
    ///
    /// # Errors
    ///
    /// A value that cannot be serialized; a key that cannot be a name (see [`entry`](Self::entry)).
    pub fn deep<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormError> {
        match serde_json::to_value(value) {
            Ok(value) => value::write_deep(&value, self),
            Err(error) => Err(self.error(Reason::Json(error))),
        }
    }

    /// The place of a declared member: `name[key]`.
    pub fn member(&mut self, key: &str) -> Field<'_> {
        let name = format!("{}[{key}]", self.name);
        Field {
            name: Cow::Owned(name),
            content_type: None,
            in_array: false,
            ..self.again()
        }
    }

    /// The place of a member whose key the caller supplied: `name[key]`.
    ///
    /// # Errors
    ///
    /// A key that is empty, contains `[`, `]` or control characters, ends in `\`, or reads like a
    /// header's parameter (`x; filename=y`).
    pub fn entry(&mut self, key: &str) -> Result<Field<'_>, FormError> {
        self.extra(key, &[])
    }

    /// Like [`entry`](Self::entry), for a key beside the `known` ones that are declared.
    ///
    /// # Errors
    ///
    /// Also a key that is one of `known`.
    pub fn extra(&mut self, key: &str, known: &[&str]) -> Result<Field<'_>, FormError> {
        check_key(key, known).map_err(|reason| self.error(reason))?;
        Ok(self.member(key))
    }

    /// An error at this place, for a value that its type cannot send: `why` says what is wrong and
    /// what to do.
    pub fn refuse(&self, why: impl Into<String>) -> FormError {
        self.error(Reason::Refused(why.into()))
    }

    /// The same place once more, for a member of an array that repeats the name.
    pub(crate) fn repeat(&mut self) -> Field<'_> {
        Field {
            in_array: true,
            ..self.again()
        }
    }

    /// The place of an array's member: `name[0]`.
    pub(crate) fn index(&mut self, index: usize) -> Field<'_> {
        self.member(&index.to_string())
    }

    pub(crate) fn error(&self, reason: Reason) -> FormError {
        FormError::at(&*self.name, reason)
    }

    pub(crate) fn push_text(self, value: Bytes) -> Result<(), FormError> {
        let name = self.part_name(self.form.array_names != ArrayNames::Plain);
        self.form.push_text(name, value, self.content_type)
    }

    fn push_json(self, json: String) -> Result<(), FormError> {
        let name = self.part_name(self.form.array_names != ArrayNames::Plain);
        let content_type = self.content_type.unwrap_or("application/json");
        self.form.push_text(name, json.into(), Some(content_type))
    }

    fn to_json<T: Serialize + ?Sized>(&self, value: &T) -> Result<String, FormError> {
        serde_json::to_string(value).map_err(|error| self.error(Reason::Json(error)))
    }

    /// What the value would write here, if that is one text or nothing.
    fn scalar_text<T: FormValue>(&self, value: &T) -> Result<Option<String>, FormError> {
        let mut scratch = FormWriter::new();
        scratch.field(&self.name).put(value)?;
        let mut parts = scratch.parts.into_iter();
        match (parts.next(), parts.next()) {
            (None, _) => Ok(None),
            (Some(part), None) if part.is_plain_text() && part.name() == self.name => {
                match part.content {
                    Content::Memory(text) => Ok(Some(String::from_utf8_lossy(&text).into_owned())),
                    _ => Err(self.error(Reason::NotJoinable)),
                }
            }
            _ => Err(self.error(Reason::NotJoinable)),
        }
    }

    fn part_name(&self, brackets: bool) -> String {
        // A document may have named them so itself.
        if self.in_array && brackets && !self.name.ends_with("[]") {
            format!("{}[]", self.name)
        } else {
            self.name.to_string()
        }
    }

    fn again(&mut self) -> Field<'_> {
        Field {
            form: self.form,
            name: Cow::Borrowed(&self.name),
            accept: self.accept,
            content_type: self.content_type,
            in_array: self.in_array,
        }
    }
}

/// Whether a key that the caller supplied can be a name.
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
