"""The demo firm, its teams and the people in them."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Role, Team, User
from desk.demo import words
from firm.models import Firm

# Every demo person signs in with it, on loopback only.
PASSWORD = "a demo of rapport"  # noqa: S105  # nosec B105
TEAMS = ("Harbour", "Old Town", "East Quay", "Highlands", "Islands", "South Coast")
MANAGERS = ("Anna Fuller", "Ben Thorsen", "Carla Nunes", "David Aker", "Elin Morrow", "Farid Sattler")
HEAD = "Helen Sandvik"
OTHERS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("Rita Kane", "Service lead", (Role.SERVICE,)),
    ("Sam Adeyemi", "Service", (Role.SERVICE,)),
    ("Tova Lind", "Service", (Role.SERVICE,)),
    ("Milo Hart", "Marketing", (Role.MARKETING,)),
    ("Nina Ostrow", "Marketing", (Role.MARKETING,)),
    ("Eva Lindqvist", "Chief executive", (Role.EXECUTIVE,)),
    ("Erik Sole", "Chief financial officer", (Role.EXECUTIVE,)),
    ("Cora Pabst", "Compensation", (Role.COMPENSATION,)),
    ("Dan Whitlow", "Compensation", (Role.COMPENSATION,)),
    ("Petra Simm", "Privacy officer", (Role.PRIVACY_OFFICER,)),
    ("Adam Reiss", "Administrator", (Role.ADMINISTRATOR,)),
    ("Ada Birch", "Administrator", (Role.ADMINISTRATOR,)),
)


@dataclass
class Cast:
    """Who works at the demo firm."""

    salespeople: list[User]
    managers: list[User]
    others: dict[str, User] = field(default_factory=dict)

    @property
    def service(self) -> list[User]:
        return [user for user in self.others.values() if user.has_role(Role.SERVICE)]


def make_firm() -> Firm:
    """The firm, marked demo for ever."""
    return Firm.objects.create(
        name="Fairwater Supply",
        zone="Europe/Berlin",
        currency="EUR",
        calendar="DE",
        sender="hello@fairwater.example",
        is_demo=True,
    )


def make_people(rng: random.Random, *, today: date, salespeople: int = 40) -> Cast:
    """Teams with managers under one head of sales, ``salespeople`` in them, and everybody else."""
    password = make_password(PASSWORD)
    top = Team.objects.create(name="Sales")
    managers, teams = [], []
    for name, manager_name in zip(TEAMS, MANAGERS, strict=True):
        manager = _user(manager_name, f"Manager {name}", [Role.MANAGER], password, today - timedelta(days=2500), top)
        managers.append(manager)
        teams.append(Team.objects.create(name=name, manager=manager, parent=top))
    # After the managers, so that the demo offers one who leads salespeople directly.
    head = _user(HEAD, "Head of sales", [Role.MANAGER], password, today - timedelta(days=4000), None)
    Team.objects.filter(pk=top.pk).update(manager=head)
    cast = Cast(_salespeople(rng, password, teams, today, salespeople), [*managers, head])
    for name, title, roles in OTHERS:
        cast.others[name] = _user(name, title, list(roles), password, today - timedelta(days=1500), None)
    return cast


def _salespeople(rng: random.Random, password: str, teams: list[Team], today: date, count: int) -> list[User]:
    # Steps of seven walk through all forty last names, so that no full name repeats below 1,600 people.
    names = [f"{words.FIRST[i % 40]} {words.LAST[(i if i < 40 else i * 7 + i // 40) % 40]}" for i in range(count)]
    people = [
        _unsaved(
            name, "Sales", [Role.SALESPERSON], password, today - timedelta(days=rng.randint(60, 3000)), teams[i % 6], i
        )
        for i, name in enumerate(names)
    ]
    return User.objects.bulk_create(people)


def _unsaved(
    name: str, title: str, roles: list[Role], password: str, hired_on: date, team: Team | None, number: int = 0
) -> User:
    local = name.lower().replace(" ", ".").replace("'", "") + (f".{number}" if number >= 40 else "")
    return User(
        email=f"{local}@fairwater.example",
        name=name,
        title=title,
        roles=roles,
        team=team,
        hired_on=hired_on,
        employee_number=f"S{number:04d}" if Role.SALESPERSON in roles else "",
        password=password,
    )


def _user(name: str, title: str, roles: list[Role], password: str, hired_on: date, team: Team | None) -> User:
    user = _unsaved(name, title, roles, password, hired_on, team)
    user.save()
    return user
