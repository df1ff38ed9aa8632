"""``manage.py compile_languages``: the sentences in other words as Django reads them, with no tool but Python."""

import ast
import re
import struct
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

SENTENCES = settings.BASE_DIR / "report_cards/locale/fr/LC_MESSAGES/django.po"
# Every app whose pages and mails customers read; and in our own English, what Django and allauth say to staff.
ALL_SENTENCES = (SENTENCES, settings.BASE_DIR / "recovery/locale/fr/LC_MESSAGES/django.po")
OUR_ENGLISH = settings.BASE_DIR / "accounts/locale/en/LC_MESSAGES/django.po"
ENTRY = re.compile(r'^msgid ((?:".*"\s*)+)^msgstr ((?:".*"\s*)+)', re.MULTILINE)
PART = re.compile(r'".*"')


class Command(BaseCommand):
    help = "Compile the sentences in French and in our own English next to their sources (locale/*/LC_MESSAGES)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for source in (*ALL_SENTENCES, OUR_ENGLISH):
            sentences = sentences_of(source.read_text())
            source.with_suffix(".mo").write_bytes(compiled(sentences))
            self.stdout.write(f"{source.relative_to(settings.BASE_DIR)}: {len(sentences) - 1} sentences.")


def sentences_of(text: str) -> dict[str, str]:
    """English to other words, as a .po file without plurals or contexts says it; the empty one is its header."""
    return {_joined(english): _joined(french) for english, french in ENTRY.findall(text)}


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(part) for part in PART.findall(lines))


def compiled(sentences: dict[str, str]) -> bytes:
    """The same as a .mo file: sorted pairs behind two tables of lengths and offsets (GNU gettext manual, 10.3)."""
    pairs = sorted((english.encode(), french.encode()) for english, french in sentences.items())
    count = len(pairs)
    tables: list[list[int]] = [[], []]
    words = b""
    begin = 28 + 16 * count
    for side in (0, 1):
        for pair in pairs:
            tables[side] += [len(pair[side]), begin + len(words)]
            words += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + b"".join(struct.pack(f"<{2 * count}I", *table) for table in tables) + words
