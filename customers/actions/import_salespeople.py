"""Importing salespeople: people, who manages whom, and their teams. No mail is sent."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Role, RoleChange, Team, User
from customers.actions.import_batch import Batch
from customers.rules.line import circular, team_name
from customers.rules.rows import SalespersonRow, salesperson_row
from customers.rules.tally import Row, Tally, parsed

Good = list[tuple[Row, SalespersonRow]]
FIELDS = ("employee_number", "name", "title", "city", "country", "hired_on")


def import_salespeople(batch: Batch) -> None:
    """Everyone becomes a salesperson; whoever is named as manager also a manager with a team.

    The batch is the whole file, because people lean on each other.
    """
    tally, acting_user = batch.tally, batch.acting_user
    good = parsed(batch.rows, salesperson_row, _keys, tally=tally, today=batch.today, earlier=batch.earlier)
    here = User.objects.get_queryset().select_related("team__manager").select_for_update(of=("self",)).order_by("pk")
    users = {user.email: user for user in here}
    good = _without(good, tally, _conflicts(users))
    good = _without_lost(good, tally, users)
    good = _without(good, tally, _own_roles(good, users, acting_user))
    with transaction.atomic():
        _write(good, users, batch)
        transaction.set_rollback(not batch.write)


def _keys(record: SalespersonRow) -> dict[str, str]:
    return {"employee_number": record.employee_number, "email": record.email}


def _without(good: Good, tally: Tally, refusal: Callable[[SalespersonRow], str]) -> Good:
    """The rows that are not refused."""
    kept = []
    for row, record in good:
        if reason := refusal(record):
            tally.fail(row, reason)
        else:
            kept.append((row, record))
    return kept


def _conflicts(users: Mapping[str, User]) -> Callable[[SalespersonRow], str]:
    """Rows that contradict who is here. Sign-in addresses never change by import."""
    numbers = {user.employee_number.lower(): user for user in users.values() if user.employee_number}

    def refusal(record: SalespersonRow) -> str:
        user, namesake = users.get(record.email), numbers.get(record.employee_number.lower())
        if namesake and namesake is not user:
            return f"employee_number {record.employee_number} belongs to {namesake.email}"
        if user and user.employee_number and user is not namesake:
            return f"email belongs to employee {user.employee_number}"
        return f"{user.name} is deactivated here; reactivate them first" if user and not user.is_active else ""

    return refusal


def _without_lost(good: Good, tally: Tally, users: Mapping[str, User]) -> Good:
    """Without rows whose manager is nobody, failed, or stands below themselves."""
    line = {
        email: user.team.manager.email
        for email, user in users.items()
        if user.team and user.team.manager and user.team.manager_id != user.pk
    }
    line |= {record.email: record.manager_email for _, record in good if record.manager_email}
    circle = circular(line)
    good = _without(
        good, tally, lambda record: "manager_email leads back to this person" if record.email in circle else ""
    )
    active = {email for email, user in users.items() if user.is_active}
    while True:
        known = active | {record.email for _, record in good} | {""}
        kept = _without(good, tally, _unknown_manager(known))
        if len(kept) == len(good):
            return good
        good = kept


def _unknown_manager(known: Collection[str]) -> Callable[[SalespersonRow], str]:
    return lambda record: (
        "" if record.manager_email in known else f"manager_email {record.manager_email} is nobody here or in a good row"
    )


def _own_roles(good: Good, users: Mapping[str, User], acting_user: User | None) -> Callable[[SalespersonRow], str]:
    """Nobody changes their own roles, by import neither."""
    named = {record.manager_email for _, record in good}

    def refusal(record: SalespersonRow) -> str:
        user = users.get(record.email)
        if user is None or user != acting_user or set(user.roles) >= _roles(record.email in named):
            return ""
        return "you can't give yourself roles; ask another administrator"

    return refusal


def _roles(is_manager: bool) -> set[str]:
    return {Role.SALESPERSON, Role.MANAGER} if is_manager else {Role.SALESPERSON}


def _write(good: Good, users: dict[str, User], batch: Batch) -> None:
    fresh = [record for _, record in good if record.email not in users]
    # One unusable password for all: hashing is slow, and "!" never matches.
    created = [User(email=record.email, name=record.name, password=make_password(None)) for record in fresh]
    users |= {user.email: user for user in User.objects.bulk_create(created)}
    managers = [users[email] for email in dict.fromkeys(record.manager_email for _, record in good) if email]
    new_ids = {user.pk for user in created}
    before = {user.pk: _state(user) for user in users.values()}
    teams, new_teams = _teams(managers)
    for _, record in good:
        _fill(users[record.email], record, users, teams)
    for manager in managers:
        _give(manager, Role.MANAGER)
    nested = _nest(teams, managers)
    for _, record in good:
        user = users[record.email]
        batch.tally.count(is_new=user.pk in new_ids, is_changed=_state(user) != before[user.pk])
    changed = [user for user in users.values() if _state(user) != before[user.pk]]
    User.objects.bulk_update(changed, [*FIELDS, "roles", "team"], batch_size=1000)
    given = _note_roles(changed, before, acting_user=batch.acting_user, at=batch.at)
    _keep_for_undo(batch, created, new_teams, given)
    for user in (one for one in changed if one.pk not in new_ids):
        was = before[user.pk]
        batch.changes.changed(user, {name: was[name] for name in was if was[name] != getattr(user, name)})
    for team in (one for one in nested if one not in new_teams):
        batch.changes.changed(team, {"parent_id": None})


def _keep_for_undo(
    batch: Batch, created: Sequence[User], teams: Sequence[Team], given: Mapping[int, Sequence[RoleChange]]
) -> None:
    """Note what is new, as the database holds it; the roles given to those who were here stay told for good."""
    roles = [role.pk for user in created for role in given.get(user.pk, ())]
    for model, ids in ((User, [user.pk for user in created]), (Team, [team.pk for team in teams]), (RoleChange, roles)):
        batch.changes.made(list(model._default_manager.filter(pk__in=ids).order_by("pk")))


def _fill(user: User, record: SalespersonRow, users: Mapping[str, User], teams: Mapping[int, Team]) -> None:
    """Take over what the row says; a blank cell leaves what is there, and a team of the right manager stays."""
    for name in FIELDS:
        if value := getattr(record, name):
            setattr(user, name, value)
    _give(user, Role.SALESPERSON)
    if record.manager_email:
        manager = users[record.manager_email]
        if user.team is None or user.team.manager_id != manager.pk:
            user.team = teams[manager.pk]


def _give(user: User, role: Role) -> None:
    if role not in user.roles:
        user.roles = _ordered({*user.roles, role})


def _teams(managers: Sequence[User]) -> tuple[dict[int, Team], list[Team]]:
    """Each manager's team, the eldest they have or a new one; and those that are new."""
    teams: dict[int, Team] = {}
    taken: set[str] = set()
    for team in Team.objects.select_for_update().order_by("-pk"):
        taken.add(team.name.lower())
        if team.manager_id:
            teams[team.manager_id] = team
    new = []
    for manager in managers:
        if manager.pk not in teams:
            new.append(Team(name=team_name(manager.name, taken), manager=manager))
            taken.add(new[-1].name.lower())
    return teams | {team.manager_id: team for team in Team.objects.bulk_create(new) if team.manager_id}, new


def _nest(teams: Mapping[int, Team], managers: Sequence[User]) -> list[Team]:
    """A team without a parent goes under the team its manager belongs to; those that did."""
    nested = []
    for manager in managers:
        team = teams[manager.pk]
        if team.parent_id is None and manager.team and manager.team != team:
            team.parent = manager.team
            nested.append(team)
    Team.objects.bulk_update(nested, ["parent"])
    return nested


def _note_roles(
    users: Sequence[User], before: Mapping[int, Mapping[str, Any]], *, acting_user: User | None, at: datetime
) -> dict[int, list[RoleChange]]:
    """Note the roles given; by person."""
    done = {"given": True, "state": RoleChange.State.DONE, "asked_by": acting_user, "asked_at": at, "decided_at": at}
    given: dict[int, list[RoleChange]] = defaultdict(list)
    for user in users:
        for role in sorted({*user.roles} - {*before[user.pk]["roles"]}):
            given[user.pk].append(RoleChange(user=user, role=role, **done))
    RoleChange.objects.bulk_create([one for some in given.values() for one in some])
    return given


def _ordered(roles: set[str]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _state(user: User) -> dict[str, Any]:
    """What an import may change of a person."""
    return {name: getattr(user, name) for name in (*FIELDS, "roles", "team_id")}
