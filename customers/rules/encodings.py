"""Telling text from other things, and how it is written, by a file's first bytes and by trying."""

import codecs
from typing import IO

MEGABYTE = 1024 * 1024
# First bytes of what people upload in place of a CSV file.
OTHERS = (
    ((b"PK\x03\x04", b"PK\x05\x06"), "The file is an Excel workbook or a ZIP archive. Save it as “CSV UTF-8”."),
    ((b"\xd0\xcf\x11\xe0",), "The file is an old Excel workbook. Save it as “CSV UTF-8”."),
    ((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd"), "The file is packed. Unpack it."),
    ((b"%PDF", b"{\\rtf"), "The file is a document. Export the table as CSV."),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ", b"SQLite format", b"PAR1"), "The file is not a table."),
)
MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)


class FileRefused(ValueError):
    """The file can't be used at all; the text says why and what to do."""


def encoding_of(file: IO[bytes]) -> tuple[str, str]:
    """Its name for people and its codec; raises ``FileRefused``. Reads the file through, a megabyte at a time."""
    file.seek(0)
    head = file.read(4096)
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise FileRefused("The file is empty.")
    for starts, words in OTHERS:
        if head.startswith(starts):
            raise FileRefused(words)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileRefused("The file is UTF-32. Save it as “CSV UTF-8” and try again.")
    for mark, name, codec in (*MARKS, *_by_nulls(head)):
        if head.startswith(mark):
            return name, _proven(file, name, codec)
    return _plain(file)


def _by_nulls(head: bytes) -> list[tuple[bytes, str, str]]:
    """UTF-16 without a mark: of western text every other byte is null."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    codec = "utf-16-le" if odd > half * 0.7 > even * 3 else "utf-16-be" if even > half * 0.7 > odd * 3 else ""
    return [(b"", "UTF-16", codec)] if codec else []


def _plain(file: IO[bytes]) -> tuple[str, str]:
    line, is_wide = _fault(file, "utf-8")
    if not line:
        return "UTF-8", "utf-8"
    if is_wide:
        raise FileRefused(f"Line {line} is not UTF-8, though those before it are. Save the file as “CSV UTF-8”.")
    if (bad := _fault(file, "cp1252")[0]) or _nulls(file):
        raise FileRefused(f"Line {bad or line} is neither UTF-8 nor Windows-1252. Save the file as “CSV UTF-8”.")
    return "Windows-1252", "cp1252"


def _proven(file: IO[bytes], name: str, codec: str) -> str:
    if line := _fault(file, codec)[0]:
        raise FileRefused(f"Line {line} is not {name}, though the file begins so. Save it as “CSV UTF-8”.")
    return codec


def _fault(file: IO[bytes], codec: str) -> tuple[int, bool]:
    """The line that can't be decoded (0 for none), and whether anything beyond ASCII could be before it."""
    file.seek(0)
    decoder, line, is_wide = codecs.getincrementaldecoder(codec)(), 1, False
    while True:
        chunk = file.read(MEGABYTE)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            return line + before.count(b"\n"), is_wide or not before.isascii()
        line, is_wide = line + text.count("\n"), is_wide or not text.isascii()
        if not chunk:
            return 0, is_wide


def _nulls(file: IO[bytes]) -> bool:
    """Whether any byte is null: no Windows program writes that into text."""
    file.seek(0)
    return any(b"\x00" in chunk for chunk in iter(lambda: file.read(MEGABYTE), b""))
