"""What is particular to taking an import of people back: teams, whom others lean on, and roles."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import RoleChange, Team, User
from customers.models import ImportChange, ImportRun


def leaned_on(run: ImportRun, refused: Collection[int]) -> dict[int, str]:
    """Managers whose new team can't go because somebody stays in it, or a team below it; ids of people with reasons.

    ``refused`` are people who stay as they are for reasons of their own. Whoever stays may hold the next.
    """
    changes = run.changes.filter(model__in=["user", "team"]).values_list("model", "object_id", "root_id", "before")
    made = {(model, pk): root for model, pk, root, before in changes if before is None}
    moved = {
        (model, pk): root
        for model, pk, root, before in changes
        if before is not None and ("team_id" in before or "parent_id" in before)
    }
    leaving = made | moved
    teams = [pk for model, pk in made if model == "team"]
    members = [("user", *row) for row in User.objects.filter(team__in=teams).values_list("pk", "team_id", "name")]
    members += [("team", *row) for row in Team.objects.filter(parent__in=teams).values_list("pk", "parent_id", "name")]
    found: dict[int, str] = {}
    while True:
        stay = {*refused, *found}
        more = {
            made["team", team]: f"{name} stays in the team"
            for model, pk, team, name in members
            if ((model, pk) not in leaving or leaving[model, pk] in stay) and made["team", team] not in stay
        }
        if not more:
            return found
        found |= more


def own_roles(run: ImportRun, acting_user: User | None) -> dict[int, str]:
    """Nobody changes their own roles, by an undo neither."""
    changed = run.changes.filter(model=ImportChange.Model.USER, object_id=acting_user.pk if acting_user else 0)
    gave = changed.filter(before__has_key="roles").exists()
    return {acting_user.pk: "you can’t take roles from yourself"} if acting_user and gave else {}


def take_back_roles(run: ImportRun, *, but: Collection[int], acting_user: User | None, at: datetime) -> None:
    """Note the roles that people who were here before the import lose by its undo."""
    changed = run.changes.filter(model=ImportChange.Model.USER, before__has_key="roles").exclude(root_id__in=but)
    before = {pk: set((was or {})["roles"]) for pk, was in changed.values_list("object_id", "before")}
    done = {"given": False, "state": RoleChange.State.DONE, "asked_by": acting_user, "asked_at": at, "decided_at": at}
    RoleChange.objects.bulk_create(
        RoleChange(user=user, role=role, **done)
        for user in User.objects.get_queryset().filter(pk__in=before)
        for role in sorted({*user.roles} - before[user.pk])
    )
