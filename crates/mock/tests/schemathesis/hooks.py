"""Sends `linkedin` as the document says: one field for each value in it, named with brackets.

`style: deepObject` in the `encoding` of a form is beyond OpenAPI 3.0 (spec/README.md, "Extensions"), so that schemathesis
sends a JSON part instead.
"""

import re

import schemathesis
from hypothesis import strategies
from schemathesis import GenerationMode

# The content of files. What schemathesis makes of itself are objects that it cannot check within a `oneOf` (4.32).
schemathesis.openapi.format("binary", strategies.text(alphabet=strategies.characters(codec="ascii")))


@schemathesis.hook
def before_call(ctx, case, kwargs):
    if case.media_type != "multipart/form-data" or not isinstance(case.body, dict):
        return
    negative = case.meta is not None and case.meta.generation.mode == GenerationMode.NEGATIVE
    rest = named(case.body)
    parts = []
    if isinstance(rest.get("linkedin"), dict):
        parts += flatten("linkedin", rest.pop("linkedin"))
        if negative:
            # Numbers for texts, null, and objects without members are wrong in JSON, and cannot be told from what is right in
            # a form. What was meant to be wrong stays so.
            parts.append(("linkedin[api]", (None, "neither")))
    if not negative:
        # There is no message of a made-up id; that this is answered with 404 would be taken for a chat that has gone.
        rest.pop("quote_id", None)
        # Nor is a made-up text the name of a time zone.
        parts = [(name, (None, "Europe/Paris") if name.endswith("[timezone]") else part) for name, part in parts]
    # Everything else goes out as schemathesis does it.
    like = case.operation.Case(body=rest, media_type=case.media_type, path_parameters=case.path_parameters)
    parts += like.as_transport_kwargs().get("files") or []
    # A form without parts would go out without being one.
    kwargs["files"] = parts or [("made_up", (None, ""))]


def named(members):
    """The document permits further fields, but not every name that is made up for one can stand in a header."""
    return {name: value for name, value in members.items() if re.fullmatch("[A-Za-z0-9_]+", name)}


def flatten(name, value):
    if name.endswith("[attachments]") and isinstance(value, (str, bytes)):
        yield name, ("file", value, "application/octet-stream")
    elif isinstance(value, dict):
        for key, member in named(value).items():
            yield from flatten(f"{name}[{key}]", member)
    elif isinstance(value, list):
        for member in value:
            yield from flatten(name, member)
    elif isinstance(value, bool):
        yield name, (None, "true" if value else "false")
    elif isinstance(value, (str, int, float)):
        yield name, (None, str(value))
