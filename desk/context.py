"""What the shell needs on every page: places of the roles, what waits there, the theme, who a demo lets you be."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import Role, User
from customers.models import Promise
from firm.demo import is_demo_request
from firm.models import Notification

SALES, MANAGER, SERVICE = Role.SALESPERSON, Role.MANAGER, Role.SERVICE
MARKETING, EXECUTIVE, PAY = Role.MARKETING, Role.EXECUTIVE, Role.COMPENSATION
PRIVACY, ADMIN = Role.PRIVACY_OFFICER, Role.ADMINISTRATOR
READERS = (SALES, MANAGER, SERVICE, MARKETING)

# (URL name, label, roles; none for everybody), in the order of the left column.
PLACES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("home", "Today", ()),
    ("cases", "OOPS!", (SERVICE,)),
    ("customers", "Customers", READERS),
    ("secrets", "Secrets", READERS),
    ("promises", "Promises", (SALES,)),
    ("results", "My report card", (SALES,)),
    ("rounds", "Rounds", (MANAGER, EXECUTIVE)),
    ("report_cards", "Report cards", (MANAGER, EXECUTIVE)),
    ("my_bonus", "My bonus", (SALES,)),
    ("plans", "Bonus plans", (PAY, EXECUTIVE)),
    ("runs", "Bonus runs", (PAY, EXECUTIVE)),
    ("cases", "OOPS!", (SALES, MANAGER)),
    ("people", "People", (ADMIN,)),
    ("teams", "Teams", (ADMIN,)),
    ("imports", "Imports", (ADMIN,)),
)
DEEDS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("log_secret", READERS),
    ("open_case", (SERVICE,)),
    ("cases", (SALES, MANAGER, SERVICE)),
    ("notifications", ()),
    ("me", ()),
)
THEMES = ("light", "dark")


@dataclass
class Place:
    """One place of the left column."""

    name: str
    label: str
    url: str
    here: bool = False
    count: int = 0
    hot: bool = False


def address(name: str) -> str:
    """Path of a URL name; empty while nobody answers there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def places_of(user: User, path: str) -> list[Place]:
    """The places of a person's roles, each once, the one at ``path`` marked."""
    places: dict[str, Place] = {}
    for name, label, roles in PLACES:
        url = address(name)
        if url and name not in places and (not roles or user.has_role(*roles)):
            places[name] = Place(name, label, url)
    here = max((p for p in places.values() if path.startswith(p.url)), key=lambda p: len(p.url), default=None)
    if here is not None and (here.url != "/" or path == "/"):
        here.here = True
    return list(places.values())


def shell(request: HttpRequest) -> dict[str, Any]:
    """Everything ``base.html`` shows around a page: at most four queries, whatever the size of the firm."""
    firm = getattr(request, "firm", None)
    theme = request.COOKIES.get("theme", "")
    seen: dict[str, Any] = {"firm": firm, "theme": theme if theme in THEMES else ""}
    if firm is not None and firm.is_demo and is_demo_request(request):
        seen |= {"demo_people": SimpleLazyObject(demo_people), "mailbox_url": address("mailbox")}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        seen |= {
            "places": SimpleLazyObject(lambda: _counted(places_of(user, request.path), user)),
            "deeds": {name: address(name) for name, roles in DEEDS if not roles or user.has_role(*roles)},
            "unread": SimpleLazyObject(lambda: Notification.objects.filter(user=user, read_at=None).count()),
        }
    return seen


def _counted(places: list[Place], user: User) -> list[Place]:
    for place in places:
        if place.name == "promises":
            due = Promise.objects.filter(made_by=user, state=Promise.State.OPEN, due_on__lte=timezone.localdate())
            place.count = due.count()
    return places


def demo_people() -> list[dict[str, Any]]:
    """For each role the first active person whose main role it is."""
    people = User.objects.active().exclude(roles=[]).order_by("roles__0", "id").distinct("roles__0")
    order = {role.value: (place, role.label) for place, role in enumerate(Role)}
    shown = [
        {"pk": user.pk, "name": user.name, "role": order[user.roles[0]][1], "place": order[user.roles[0]][0]}
        for user in people
    ]
    return sorted(shown, key=lambda person: int(person["place"]))
