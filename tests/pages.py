"""Every page the browser looks at: each app lists its own in tests/<app>/pages.py as ``AXE_PAGES``.

A row is (who, address): who is the name of a fixture of the cast or None, the address a path or a function of the
pytest request that makes one (and whatever the page should show).
"""

import importlib
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def collected():
    """One pytest parameter a page, named after its app, its address and who looks."""
    return list(_collect())


def _collect():
    for module in sorted(HERE.glob("*/pages.py")):
        app = module.parent.name
        for place, (who, address) in enumerate(importlib.import_module(f"tests.{app}.pages").AXE_PAGES):
            name = address.strip("/") if isinstance(address, str) else getattr(address, "__name__", str(place))
            yield pytest.param(who, address, id=f"{app}-{name or 'home'}-{who}")


def path_of(request, address):
    return address(request) if callable(address) else address
