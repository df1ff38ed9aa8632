"""How far a round has come, and whom it leaves out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, F, Max, Min, Q, QuerySet

from accounts.models import Role, User
from report_cards.models import Exclusion, Invitation, Quarantine, Response, Round, RoundTally

STATES = (Invitation.State.HELD, Invitation.State.EXCLUDED, Invitation.State.DOUBTFUL, Invitation.State.BOUNCED)
SOON = timedelta(minutes=1)
OF_LATE = timedelta(minutes=5)
NOTED = ("opened", "declined", "reminded")
COUNTED = ("drawn", "answered", "out_by_someone", "too_late", *NOTED, *Invitation.State.values)
# Why invitations that an early close left unsent are not asked any more.
OVER = "the round closed before the mail could go out"


@dataclass(frozen=True)
class TeamProgress:
    """A part of a round, a team's or all of it: invitations by state, answers, reminders."""

    name: str
    counts: dict[str, int]

    @property
    def coverage(self) -> float | None:
        """Drawn, not held and not cut off by the close, of those who could have been asked; None of nobody."""
        could = self.counts["drawn"] + self.counts["out_by_someone"]
        missed = self.counts["held"] + self.counts["too_late"]
        return (self.counts["drawn"] - missed) / could if could else None

    @property
    def asked(self) -> int:
        """Those whose mail went out, or may have."""
        return self.counts["sent"] + self.counts["doubtful"]


@dataclass(frozen=True)
class Progress:
    """How far a round has come: the whole firm, and the teams that the reader follows, by name."""

    total: TeamProgress
    teams: list[TeamProgress]

    @property
    def parts(self) -> list[TeamProgress]:
        """The teams, then all together."""
        return [*self.teams, self.total]


def progress_of(round_: Round, user: User) -> Progress:
    """By team of the rated person: a manager's teams, everybody's for the others who follow rounds. Four queries."""
    people = _counts_of_each(round_)
    total, teams = _nobody("The firm"), dict[int | None, TeamProgress]()
    sees_all = user.has_role(Role.EXECUTIVE, Role.COMPENSATION, Role.ADMINISTRATOR)
    rated = User.objects.get_queryset().filter(pk__in=people).values_list("pk", "team", "team__name")
    for person, team, name in rated:
        _add(total, people[person])
        if sees_all or team in user.led_team_ids:
            _add(teams.setdefault(team, _nobody(name or "No team")), people[person])
    return Progress(total, sorted(teams.values(), key=lambda team: team.name))


def _nobody(name: str) -> TeamProgress:
    return TeamProgress(name, dict.fromkeys(COUNTED, 0))


def _add(part: TeamProgress, counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        part.counts[name] += count


def _counts_of_each(round_: Round) -> dict[int, dict[str, int]]:
    """The counts of each rated person. Three queries, one of them over the round's invitations."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    noted = {name: Count(f"{name}_at") for name in NOTED}
    late = Count("id", filter=Q(state=Invitation.State.EXCLUDED, reason=OVER))
    counting = {"times": Count("id"), "first": Min("id"), "last": Max("id"), "late": late, **noted}
    rows = cast("list[dict[str, Any]]", list(round_.invitations.values("salesperson_id", "state").annotate(**counting)))
    for row in rows:
        counts = found[row["salesperson_id"]]
        counts[row["state"]] += row["times"]
        counts["drawn"] += row["times"] if row["state"] != Invitation.State.EXCLUDED else row["late"]
        counts["too_late"] += row["late"]
        for name in NOTED:
            counts[name] += row[name]
    if rows:
        answers = _answers_between(rows).filter(invitation__round=round_)
        by_someone = Exclusion.objects.filter(invitation__round=round_, invitation__state=Invitation.State.EXCLUDED)
        for name, asked in (("answered", answers), ("out_by_someone", by_someone.order_by())):
            for person, times in asked.values_list("invitation__salesperson").annotate(times=Count("id")):
                found[person][name] += times
    return found


@dataclass(frozen=True)
class RoundRow:
    """A round in the list: how many mails went out, how many were answered."""

    round: Round
    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.asked else None


def round_rows(rounds: Iterable[Round]) -> list[RoundRow]:
    """Closed rounds as they were tallied, with the answers set aside then; others as they stand. Four queries."""
    listed = list(rounds)
    closed_at = F("response__invitation__round__closed_at")
    aside = Quarantine.objects.filter(opened_at__lt=closed_at).order_by()
    aside = aside.exclude(verdict=Quarantine.Verdict.RELEASED, settled_at__lt=closed_at)
    by_month = aside.values_list("response__invitation__round__month").annotate(times=Count("id"))
    set_aside = dict(by_month.filter(response__invitation__round__in=[one.pk for one in listed]))
    tallied = {
        tally.month: (tally.asked, tally.answered + set_aside.get(tally.month, 0))
        for tally in RoundTally.objects.filter(month__in=[one.month for one in listed], salesperson=None)
    }
    others = _as_they_stand([one.pk for one in listed if one.month not in tallied])
    return [RoundRow(one, *(tallied.get(one.month) or others.get(one.pk, (0, 0)))) for one in listed]


def _as_they_stand(rounds: list[int]) -> dict[int, tuple[int, int]]:
    """Asked and answered of rounds, by their id."""
    written = Invitation.objects.filter(round__in=rounds).order_by()
    gone_out = Count("id", filter=Q(state__in=[Invitation.State.SENT, Invitation.State.DOUBTFUL]))
    asked = {
        row["round"]: row for row in written.values("round").annotate(times=gone_out, first=Min("id"), last=Max("id"))
    }
    if not asked:
        return {}
    answers = _answers_between(list(asked.values())).filter(invitation__round__in=rounds)
    answered = dict(answers.values_list("invitation__round").annotate(times=Count("id")))
    return {pk: (row["times"], answered.get(pk, 0)) for pk, row in asked.items()}


def _answers_between(rows: Iterable[Mapping[str, Any]]) -> QuerySet[Response]:
    """Responses to the invitations between the first and the last of these.

    A draw writes its invitations in one go: their bounds keep the database from reading the answers of every round.
    """
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    return Response.objects.filter(invitation__gte=first, invitation__lte=last)


def is_moving(round_: Round, *, at: datetime) -> bool:
    """Whether mail goes out now, so that a page had better look again. Three queries at most."""
    if not round_.takes_answers(at):
        return False
    if round_.invitations.filter(state=Invitation.State.SENDING).exists():
        return True
    due = Q(state=Invitation.State.WAITING, due_at__lte=at + SOON)
    # What is due waits while it is night at the customer's: then nothing has left of late.
    of_late = round_.drawn_at > at - OF_LATE or round_.invitations.filter(sent_at__gt=at - OF_LATE).exists()
    return of_late and round_.invitations.filter(due).exists()


def left_out(round_: Round, user: User) -> QuerySet[Invitation]:
    """Who was not plainly asked, and why: executives see everybody, managers their people."""
    rows = round_.invitations.filter(state__in=STATES).select_related("salesperson", "customer", "decided_by")
    if not user.has_role(Role.EXECUTIVE):
        rows = rows.filter(salesperson__team__in=user.led_team_ids).exclude(salesperson=user)
    return rows.select_related("exclusion__decided_by").order_by("state", "salesperson__name", "id")


def narrowed_left_out(rows: QuerySet[Invitation], wanted: Mapping[str, str]) -> QuerySet[Invitation]:
    """As a list's filters say: ``state``, ``kind`` of exclusion, and words of a name."""
    if wanted["state"] in STATES:
        rows = rows.filter(state=wanted["state"])
    if wanted["kind"] in Exclusion.Kind.values:
        rows = rows.filter(exclusion__kind=wanted["kind"])
    if text := wanted["q"]:
        rows = rows.filter(Q(customer__name__icontains=text) | Q(salesperson__name__icontains=text))
    return rows


def reasons(rows: QuerySet[Invitation]) -> list[tuple[str, str, int]]:
    """State, why and how many, the most first; what people said is summed up by its kind. One query."""
    kinds = dict(Exclusion.Kind.choices)
    counted = rows.order_by().values("state", "reason", kind=F("exclusion__kind")).annotate(n=Count("id"))
    found: dict[tuple[str, str], int] = {}
    for row in counted:
        why = str(kinds[row["kind"]]) if row["kind"] else row["reason"]
        found[row["state"], why] = found.get((row["state"], why), 0) + row["n"]
    return sorted(((state, why, n) for (state, why), n in found.items()), key=lambda line: -line[2])
