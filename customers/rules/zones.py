"""Whose clock a customer lives by: the zone they were given, or the one their country keeps."""

import re
import zoneinfo
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

# The tables of the time zone database (public domain) as its Python package carries them.
TABLES = files("tzdata") / "zoneinfo"


def zone_of(zone: str, country: str, *, otherwise: str, year: int) -> str:
    """The zone a customer was given, else their country's where it keeps one time all ``year``, else ``otherwise``."""
    return zone or country_zone(country, year=year) or otherwise


@cache
def country_zone(country: str, *, year: int) -> str:
    """The zone of a country named in English or by its two letters; empty for several times, or an unknown name."""
    zones = _zones().get(_codes().get(country.strip().casefold(), ""), [])
    return zones[0] if zones and len({_clock(zone, year) for zone in zones}) == 1 else ""


def _clock(zone: str, year: int) -> tuple[timedelta | None, ...]:
    """What a zone's clock says through a year, looked at every day."""
    first, tzinfo = datetime(year, 1, 1, 12, tzinfo=UTC), zoneinfo.ZoneInfo(zone)
    return tuple((first + timedelta(days=day)).astimezone(tzinfo).utcoffset() for day in range(366))


@cache
def _zones() -> dict[str, list[str]]:
    """The zones of each two-letter code, the largest first."""
    zones = defaultdict(list)
    for code, _, zone, *_ in _rows("zone.tab"):
        zones[code].append(zone)
    return dict(zones)


@cache
def _codes() -> dict[str, str]:
    """Two-letter codes by what a country is called in lower case: “gb”, “britain (uk)”, “britain”, “uk”."""
    codes: dict[str, str] = {}
    for code, name, *_ in _rows("iso3166.tab"):
        for word in (code, name, *re.split(r"[()]", name)):
            codes.setdefault(word.strip().casefold(), code)
    codes.pop("", None)
    return codes


def _rows(table: str) -> list[list[str]]:
    lines = (TABLES / table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
