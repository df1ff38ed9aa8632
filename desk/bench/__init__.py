"""How fast each page is, as a ratio to a bare view that runs the same SQL."""

from desk.bench.floor import floor

__all__ = ["floor"]
