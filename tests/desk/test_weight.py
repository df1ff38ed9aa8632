"""The first view of a page weighs at most 150 kB over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

MOST = 150_000
FONTS = (
    "vendor/source-serif/source-serif-4-latin-wght-normal.woff2",
    "vendor/courier-prime/courier-prime-latin-700-normal.woff2",
)


def weight(name):
    body = Path(finders.find(name)).read_bytes()
    return len(body) if name.endswith(".woff2") else len(gzip.compress(body))


def with_modules(names):
    """The files and the modules they import, theirs included."""
    found = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            if name.startswith("js/"):
                imports = re.findall(r'from "\./([^"]+)"', Path(finders.find(name)).read_text())
                waiting += [f"js/{module}" for module in imports]
    return found


@pytest.mark.parametrize("who", ["owner", "service_agent", "administrator"])
def test_home_page_is_light(request, signed_in, customer, who):
    page = signed_in(request.getfixturevalue(who)).get("/").content

    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())) | set(FONTS)

    files = with_modules(files)
    assert sum(map(weight, files)) + len(gzip.compress(page)) <= MOST
