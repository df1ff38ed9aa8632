"""Every page the browser looks at: each app lists its own in tests/<app>/pages.py as ``AXE_PAGES``.

A row is (who, address): who is the name of a fixture of the cast or None, the address a path or a function of the
pytest request that makes one (and whatever the page should show). A ``Sent`` is what comes back when a form is sent.
"""

import importlib
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent


class Sent(NamedTuple):
    """The page a form at ``path`` answers to ``data``."""

    path: str
    data: dict


def collected():
    """One pytest parameter a page, named after its app, its address and who looks."""
    return list(_collect())


def _collect():
    for module in sorted(HERE.glob("*/pages.py")):
        app = module.parent.name
        for place, (who, address) in enumerate(importlib.import_module(f"tests.{app}.pages").AXE_PAGES):
            name = address.strip("/") if isinstance(address, str) else getattr(address, "__name__", str(place))
            yield pytest.param(who, address, id=f"{app}-{name or 'home'}-{who}")


def open_page(request, look_at, who, address):
    """The page of a row, in the browser, as its person sees it."""
    made = address(request) if callable(address) else address
    path, data = made if isinstance(made, Sent) else (made, None)
    return look_at(request.getfixturevalue(who) if who else None, path, data)
