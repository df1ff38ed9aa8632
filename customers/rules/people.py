"""Who may change a customer and who may hand one over. Pure functions of ids and role names."""

from collections.abc import Collection
from dataclasses import dataclass

ADDERS = frozenset({"salesperson", "manager"})
READERS = frozenset({"salesperson", "manager", "service", "marketing", "administrator"})


@dataclass(frozen=True)
class Person:
    """Whoever acts: ``led_team_ids`` are the teams of their line."""

    id: int
    roles: Collection[str]
    team_id: int | None
    led_team_ids: Collection[int]


@dataclass(frozen=True)
class Owner:
    """Whose customer it is; both None while nobody owns it."""

    id: int | None
    team_id: int | None


def may_add(roles: Collection[str]) -> bool:
    """Salespeople add customers of their own, managers for their line."""
    return not ADDERS.isdisjoint(roles)


def may_list(roles: Collection[str]) -> bool:
    """Who has a list of customers; the administrator's holds those without an owner."""
    return not READERS.isdisjoint(roles)


def may_read(roles: Collection[str]) -> bool:
    """Who reads what is noted about customers."""
    return not (READERS - {"administrator"}).isdisjoint(roles)


def may_change(person: Person, owner: Owner) -> bool:
    """The owner, salespeople of the owner's team, and the managers in line. Nobody while nobody owns it."""
    if owner.id is None:
        return False
    colleague = "salesperson" in person.roles and person.team_id is not None and person.team_id == owner.team_id
    return person.id == owner.id or colleague or in_line(person, owner)


def in_line(person: Person, owner: Owner) -> bool:
    """Whether the person manages the owner's team or one above it."""
    return "manager" in person.roles and owner.team_id is not None and owner.team_id in person.led_team_ids


def may_hand_over(person: Person, owner: Owner) -> bool:
    """An administrator any customer; a manager those of their line and those nobody owns."""
    return "administrator" in person.roles or in_line(person, owner) or ("manager" in person.roles and owner.id is None)


def owner_refusal(*, name: str, roles: Collection[str], is_active: bool) -> str:
    """Why a person can't own customers; empty when they can."""
    if not is_active:
        return f"{name} has left and can't own customers."
    return "" if "salesperson" in roles else f"{name} is not a salesperson and can't own customers."
