"""The words of a PDF made by reportlab: its streams inflated, its glyphs turned back into letters."""

import base64
import re
import zlib

TEXT = re.compile(rb"/F(\d+)(?:\+(\d+))? [\d.]+ Tf|\((?:\\.|[^\\()])*\) Tj", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams(pdf):
    """Every stream, decoded."""
    for raw in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        data = raw.strip()
        if data.endswith(b"~>"):
            data = (
                base64.a85decode(data, adobe=b"<~" in data[:2])
                if data.startswith(b"<~")
                else base64.a85decode(data[:-2])
            )
        try:
            yield zlib.decompress(data)
        except zlib.error:
            yield data


def letters(pdf):
    """For each subset of a font, in order: glyph code to letter, from its ToUnicode map."""
    maps = {}
    for number, data in objects(pdf).items():
        if b"beginbfrange" in data or b"beginbfchar" in data:
            codes = {}
            for start, end, listed in re.findall(rb"<(\w+)> <(\w+)> \[(.*?)\]", data, re.DOTALL):
                found = re.findall(rb"<(\w+)>", listed)
                codes |= {int(start, 16) + place: chr(int(code, 16)) for place, code in enumerate(found)}
                assert int(end, 16) - int(start, 16) + 1 == len(found)
            codes |= {
                int(one, 16): chr(int(two, 16)) for one, two in re.findall(rb"^<(\w+)> <(\w+)>$", data, re.MULTILINE)
            }
            maps[number] = codes
    return maps


def objects(pdf):
    """Object numbers and their decoded streams."""
    found = {}
    for number, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL):
        found[int(number)] = next(iter(streams(body)), b"") if b"endstream" in body else body
    return found


def pages_of(pdf):
    """The words of each page, in the order they were drawn, lines joined by spaces."""
    maps, bodies = letters(pdf), objects(pdf)
    fonts = {}
    for body in bodies.values():
        for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", body):
            unicode_map = re.search(rb"/ToUnicode (\d+) 0 R", bodies.get(int(number), b""))
            if unicode_map:
                fonts[name] = maps[int(unicode_map.group(1))]
    contents = [int(number) for number in re.findall(rb"/Contents (\d+) 0 R", pdf)]
    return [words(bodies[number], fonts) for number in contents]


def words(content, fonts):
    """What one page says."""
    said, font = [], {}
    for token in re.finditer(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj", content, re.DOTALL):
        if token.group(1):
            font = fonts.get(token.group(1), {})
        else:
            plain = re.sub(rb"\\(\d{3}|.)", unescape, token.group(2), flags=re.DOTALL)
            said.append("".join(font.get(code, chr(code)) for code in plain))
    return " ".join(" ".join(said).split())


def unescape(found):
    escape = found.group(1)
    return bytes([int(escape, 8)]) if escape.isdigit() else ESCAPES.get(escape, escape)
