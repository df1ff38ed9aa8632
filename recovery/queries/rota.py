"""The rota of a week, and who is away."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from recovery import rules
from recovery.models import Absence, Level, Shift


@dataclass(frozen=True)
class Day:
    """A rung on a day: the shifts that touch it, and when nobody is on duty."""

    date: date
    shifts: list[Shift]
    gaps: list[tuple[datetime, datetime]]

    @property
    def is_empty(self) -> bool:
        """Nobody is on duty all day."""
        return not self.shifts


@dataclass(frozen=True)
class RungWeek:
    """A rung in a week."""

    level: str
    label: str
    days: list[Day]


def monday_of(text: str, today: date) -> date:
    """The Monday of the week that contains the day written as ``text``; of this week where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday()) if date(2000, 1, 8) < day < date(9000, 1, 1) else monday_of("", today)


def rota_week(monday: date, zone: tzinfo) -> list[RungWeek]:
    """Each rung's week, in a zone. One query."""
    bounds = [datetime.combine(monday + timedelta(days=day), time(), tzinfo=zone) for day in range(8)]
    touching = Shift.objects.filter(starts_at__lt=bounds[-1], ends_at__gt=bounds[0]).select_related("user")
    shifts = list(touching.order_by("starts_at", "id"))
    by_level = {level: [one for one in shifts if one.level == level] for level in Level.values}
    return [
        RungWeek(level, label, [_day(by_level[level], *ends) for ends in pairwise(bounds)])
        for level, label in Level.choices
    ]


def _day(shifts: list[Shift], start: datetime, end: datetime) -> Day:
    here = [one for one in shifts if one.starts_at < end and one.ends_at > start]
    return Day(start.date(), here, rules.gaps([(one.starts_at, one.ends_at) for one in here], start, end))


def absences_seen_by(user: User, at: datetime) -> QuerySet[Absence]:
    """Present and coming absences: one's own, a manager's teams', an administrator's everybody's."""
    coming = Absence.objects.filter(ends_at__gt=at).select_related("user", "stand_in")
    return coming.filter(user__in=answers_for(user))


def answers_for(user: User) -> QuerySet[User]:
    """Whose absence the user may note."""
    active = User.objects.active()
    if user.has_role(Role.ADMINISTRATOR):
        return active
    return active.filter(Q(pk=user.pk) | Q(team__in=user.led_team_ids))
