"""Who decides on what a round leaves out or holds."""

from collections.abc import Collection
from functools import cached_property

from accounts.models import Role, Team, User
from report_cards.rules.deciding import Ladder


class Deciders:
    """The lines of the firm, read once: two queries for any number of people."""

    @cached_property
    def teams(self) -> dict[int, tuple[int | None, int | None]]:
        """Parent and manager of each team; a manager who left is none."""
        rows = Team.objects.values_list("pk", "parent_id", "manager_id", "manager__is_active")
        return {pk: (parent, manager if is_active else None) for pk, parent, manager, is_active in rows}

    @cached_property
    def executives(self) -> list[int]:
        return list(User.objects.holding(Role.EXECUTIVE).values_list("pk", flat=True))

    def line(self, person: User) -> list[int]:
        """Managers above a person, nearest first, as ``accounts.queries.managers_above``."""
        found: list[int] = []
        seen: set[int] = set()
        team = person.team_id
        while team is not None and team not in seen:
            seen.add(team)
            team, manager = self.teams[team]
            if manager and manager != person.pk and manager not in found:
                found.append(manager)
        return found

    def ladder(self, person: User, barred: Collection[int | None]) -> Ladder:
        """Who decides about a rated person; they and those ``barred`` never do."""
        return Ladder(self.line(person), self.executives, {person.pk, *barred})
