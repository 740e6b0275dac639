"""Reads a form from standard input with python-multipart, in the way of Starlette and FastAPI, and prints it as JSON.

Brackets in names are folded into objects, and repeated names into lists. A file is a text: name, media type, content in hexadecimal.
"""

import json
import re
import sys

from python_multipart.multipart import MultipartParser, parse_options_header

_, options = parse_options_header(sys.argv[1])
tree = {}


class Part:
    """What the parser says of the part that it is at."""

    def begin(self):
        self.headers, self.field, self.value, self.content = {}, b"", b"", b""

    def header_field(self, data, start, end):
        self.field += data[start:end]

    def header_value(self, data, start, end):
        self.value += data[start:end]

    def header_end(self):
        self.headers[self.field.lower()] = self.value
        self.field, self.value = b"", b""

    def data(self, data, start, end):
        self.content += data[start:end]

    def end(self):
        kind, parameters = parse_options_header(self.headers.pop(b"content-disposition"))
        assert kind == b"form-data", kind
        media_type = self.headers.pop(b"content-type", None)
        assert not self.headers, self.headers
        name = parameters.pop(b"name").decode()
        file_name = parameters.pop(b"filename", None)
        assert not parameters, parameters
        if file_name is None:
            assert media_type is None, media_type
            put(name, self.content.decode())
        else:
            put(name, f"{file_name.decode()}; {media_type.decode()}; {self.content.hex()}")


def put(name, value):
    *path, last = re.findall(r"[^\[\]]+", name)
    place = tree
    for key in path:
        place = place.setdefault(key, {})
    if last not in place:
        place[last] = [value] if name.endswith("[]") else value
    elif isinstance(place[last], list):
        place[last].append(value)
    else:
        place[last] = [place[last], value]


part = Part()
parser = MultipartParser(
    options[b"boundary"],
    {
        "on_part_begin": part.begin,
        "on_header_field": part.header_field,
        "on_header_value": part.header_value,
        "on_header_end": part.header_end,
        "on_part_data": part.data,
        "on_part_end": part.end,
    },
)
# In small pieces, so that every boundary is met half-read once.
while piece := sys.stdin.buffer.read(7):
    parser.write(piece)
parser.finalize()
json.dump(tree, sys.stdout)
