"""The places of the left column and the deeds of the top, by role."""

import functools
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse

from accounts.models import Role, User

SALES, MANAGER, SERVICE = Role.SALESPERSON, Role.MANAGER, Role.SERVICE
MARKETING, EXECUTIVE, PAY = Role.MARKETING, Role.EXECUTIVE, Role.COMPENSATION
PRIVACY, ADMIN = Role.PRIVACY_OFFICER, Role.ADMINISTRATOR
READERS = (SALES, MANAGER, SERVICE, MARKETING)

# (URL name, label, roles; none for everybody), in the order of the left column; the first that fits a person counts.
PLACES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("home", "Today", ()),
    ("cases", "OOPS!", (SERVICE,)),
    ("recovery_board", "Did it work?", (SERVICE,)),
    ("playbooks", "Playbooks", (SERVICE,)),
    ("customers", "Customers", READERS),
    ("secrets", "Secrets", READERS),
    ("conversations", "Conversations", READERS),
    ("coverage", "Coverage", (MANAGER, EXECUTIVE)),
    ("promises", "Promises", (SALES,)),
    ("misfits", "Misfits", (MANAGER, MARKETING)),
    ("results", "My report card", (SALES,)),
    ("action_plans", "My plans", (SALES,)),
    ("team_results", "Team results", (MANAGER,)),
    ("team_action_plans", "Action plans", (MANAGER,)),
    ("firm_results", "Results", (EXECUTIVE,)),
    ("firm_action_plans", "Action plans", (EXECUTIVE,)),
    ("most_improved", "Most improved", (SALES, MANAGER, EXECUTIVE)),
    ("rounds", "Rounds", (MANAGER, EXECUTIVE, PAY, ADMIN)),
    ("integrity", "Doubtful answers", (EXECUTIVE, PAY, PRIVACY)),
    ("report_cards", "Report cards", (MANAGER, EXECUTIVE, PAY)),
    ("exclusions", "Left out", (SALES,)),
    ("my_bonus", "My bonus", (SALES,)),
    ("plans", "Bonus plans", (PAY, EXECUTIVE)),
    ("simulator", "Simulator", (PAY, EXECUTIVE)),
    ("runs", "Bonus runs", (PAY, EXECUTIVE)),
    ("statements", "Statements", (MANAGER, PAY)),
    ("disputes", "Disputes", (PAY,)),
    ("cases", "OOPS!", (SALES, MANAGER)),
    ("budget_requests", "Surprises to allow", (MANAGER, EXECUTIVE)),
    ("playbooks", "Playbooks", (MANAGER,)),
    ("recovery_board", "OOPS! Did it work?", (MANAGER, EXECUTIVE)),
    ("alerts", "Alerts", (EXECUTIVE, ADMIN)),
    ("goodwill", "Goodwill", (EXECUTIVE,)),
    ("privacy_requests", "Privacy requests", (PRIVACY,)),
    ("locked_secrets", "Locked secrets", (PRIVACY,)),
    ("reads", "Who read what", (PRIVACY,)),
    ("people", "People", (ADMIN,)),
    ("teams", "Teams", (ADMIN,)),
    ("categories", "Categories", (ADMIN,)),
    ("questions", "Questions", (MANAGER, ADMIN)),
    ("hand_over_book", "Hand over", (MANAGER, ADMIN)),
    ("imports", "Imports", (ADMIN,)),
    ("exports", "Exports", (PRIVACY, ADMIN)),
)
DEEDS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("log_secret", (SALES, MANAGER, SERVICE, MARKETING)),
    ("open_case", (SALES, MANAGER, SERVICE)),
    ("cases", (SALES, MANAGER, SERVICE)),
    ("add_customer", (SALES, MANAGER)),
    ("notifications", ()),
    ("me", ()),
)


@dataclass(frozen=True)
class Place:
    """One place of the left column."""

    name: str
    label: str
    url: str
    here: bool = False
    count: int = 0
    hot: bool = False


@functools.cache
def address(name: str) -> str:
    """Path of a URL name; empty where nobody answers."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def places_of(user: User, path: str = "") -> list[Place]:
    """The places of a person's roles, each once, the one that holds ``path`` marked."""
    places: dict[str, Place] = {}
    for name, label, roles in PLACES:
        url = address(name)
        if url and name not in places and (not roles or user.has_role(*roles)):
            places[name] = Place(name, label, url)
    holding = [
        place for place in places.values() if path == place.url or (place.url != "/" and path.startswith(place.url))
    ]
    here = max(holding, key=lambda place: len(place.url), default=None)
    return [replace(place, here=place is here) for place in places.values()]


def deeds_of(user: User) -> dict[str, str]:
    """Addresses of what the person may do from anywhere, by URL name."""
    return {name: address(name) for name, roles in DEEDS if not roles or user.has_role(*roles)}
