"""Compares the forms that `cargo xtask corpus DOCUMENT --forms` prints with what the document says that they must be.

    python3 tests/parsers/corpus.py DOCUMENT FORMS

Two parsers of others read each body: python-multipart here, and busboy, on which multer is built, in corpus.js (`NODE_PATH` must
lead to it). What the parts must be is worked out from the document and the values that were meant, by the rules of OpenAPI alone;
nothing here knows how the generator reads a document. Needs PyYAML.
"""

import json
import pathlib
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch

import yaml
from python_multipart.multipart import MultipartParser, parse_options_header


def encoding_of(document, request):
    """The `encoding` of the multipart body of an operation."""
    method, path = request.split(" ", 1)
    body = resolved(document, document["paths"][path][method]["requestBody"])
    return next(media for kind, media in body["content"].items() if kind.startswith("multipart/")).get("encoding") or {}


def resolved(document, value):
    while "$ref" in value:
        place = value["$ref"].removeprefix("#/").split("/")
        value = document
        for key in place:
            value = value[key.replace("~1", "/").replace("~0", "~")]
    return value


def parts_of(name, value, entry):
    """The parts of a property: name, file name, media type, and content, which is bytes, or JSON in a tuple."""
    style = entry.get("style")
    explode = entry.get("explode", style in (None, "form", "deepObject"))
    if style == "deepObject" and isinstance(value, (dict, list)) and not is_file(value):
        return bracketed(name, value)
    if isinstance(value, list) and not explode:
        separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
        return [(name, None, None, separator.join(map(text, value)).encode())]
    if isinstance(value, dict) and not is_file(value) and (style == "form" or not explode):
        if explode:
            return [(key, None, None, text(inner).encode()) for key, inner in value.items()]
        return [(name, None, None, ",".join(x for pair in value.items() for x in map(text, pair)).encode())]
    # An array is a part for each of its items.
    items = value if isinstance(value, list) else [value]
    return [part(name, item, entry.get("contentType")) for item in items]


def part(name, value, media):
    if is_file(value):
        # The client is told which of the media types it has, where the document has a list of them.
        own = value.get("type") or media or "application/octet-stream"
        assert not media or any(fnmatch(own, accepted.split(";")[0].strip()) for accepted in media.split(",")), (own, media)
        return (name, value["name"], own, value["$file"].encode())
    # The first of a list of media types that suits what is no file.
    suits = (lambda it: "json" in it) if isinstance(value, (dict, list)) else (lambda it: "*" not in it)
    media = next((it.strip() for it in (media or "").split(",") if suits(it)), "") or None
    if isinstance(value, (dict, list)):
        return (name, None, media or "application/json", (value,))
    if media and "json" in media:
        return (name, None, media, (value,))
    return (name, None, media, text(value).encode())


def bracketed(name, value):
    if isinstance(value, list):
        return [part for item in value for part in bracketed(name, item)]
    if isinstance(value, dict) and not is_file(value):
        return [part for key, inner in value.items() for part in bracketed(f"{name}[{key}]", inner)]
    return [part(name, value, None)]


def is_file(value):
    return isinstance(value, dict) and "$file" in value


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def read_by_python(content_type, body):
    """The parts, as python-multipart reads them."""
    parts, now = [], {}

    def header(data, start, end):
        now["value"] = now.get("value", b"") + data[start:end]

    def header_name(data, start, end):
        now["key"] = now.get("key", b"") + data[start:end]

    def header_end():
        now.setdefault("headers", {})[now.pop("key").lower()] = now.pop("value")

    def content(data, start, end):
        now["content"] = now.get("content", b"") + data[start:end]

    def end():
        headers = now["headers"]
        kind, options = parse_options_header(headers.pop(b"content-disposition"))
        media = headers.pop(b"content-type", None)
        assert kind == b"form-data" and not headers, headers
        name, file_name = options[b"name"].decode(), options.get(b"filename")
        parts.append((name, file_name and file_name.decode(), media and media.decode(), now.get("content", b"")))

    _, options = parse_options_header(content_type)
    parser = MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": now.clear,
            "on_header_field": header_name,
            "on_header_value": header,
            "on_header_end": header_end,
            "on_part_data": content,
            "on_part_end": end,
        },
    )
    parser.write(body)
    parser.finalize()
    return parts


def read_by_busboy(lines):
    """The parts of all forms, as busboy reads them."""
    script = pathlib.Path(__file__).with_name("corpus.js")
    inputs = "".join(json.dumps({"content_type": line["content_type"], "body": line["body"]}) + "\n" for line in lines)
    output = subprocess.run(["node", script], input=inputs, capture_output=True, text=True, check=True).stdout
    return [
        [(name, file_name, media, bytes.fromhex(content)) for name, file_name, media, content in json.loads(line)]
        for line in output.splitlines()
    ]


def difference(expected, found):
    """What is wrong with the parts that were found, if anything is."""
    if Counter(part[0] for part in expected) != Counter(part[0] for part in found):
        return "parts"
    for name in {part[0] for part in expected}:
        # Parts of one name have an order; others have none.
        pairs = zip((p for p in expected if p[0] == name), (p for p in found if p[0] == name))
        for (_, file_name, media, content), (_, found_file_name, found_media, found_content) in pairs:
            if file_name != found_file_name:
                return f"{name}: file name {found_file_name!r}"
            # A text is text/plain where nothing is said.
            if media != found_media and (media, found_media) != (None, "text/plain"):
                return f"{name}: media type {found_media!r}, not {media!r}"
            try:
                same = json.loads(found_content) == content[0] if isinstance(content, tuple) else found_content == content
            except ValueError:
                same = False
            if not same:
                return f"{name}: content {found_content!r}, not {content!r}"
    return None


def main():
    document = yaml.load(open(sys.argv[1], encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    sent = [line for line in lines if "body" in line]
    wrong = [(line["request"], f"refused: {line['refused']}") for line in lines if "refused" in line]
    count = 0
    for line, by_busboy in zip(sent, read_by_busboy(sent), strict=True):
        encoding = encoding_of(document, line["request"])
        parts = [parts_of(name, value, encoding.get(name) or {}) for name, value in line["meant"].items()]
        expected = [part for own in parts for part in own]
        count += len(expected)
        by_python = read_by_python(line["content_type"], bytes.fromhex(line["body"]))
        for reader, found in [("python-multipart", by_python), ("busboy", by_busboy)]:
            if why := difference(expected, found):
                wrong.append((line["request"], f"{reader}: {why}"))
    for request, why in wrong:
        print(f"{request}: {why}")
    operations = len({line["request"] for line in lines})
    print(f"{operations} operations, {len(sent)} forms, {count} parts, each read twice; {len(wrong)} disagreements")
    sys.exit(bool(wrong))


main()
