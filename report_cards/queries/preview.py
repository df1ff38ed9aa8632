"""What the next draw would do, before it does."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import Role, User
from firm.models import Firm
from firm.rules import month_after, month_before
from report_cards import rules
from report_cards.models import Round
from report_cards.queries.drawing import candidates_apart


@dataclass
class Share:
    """How many of somebody's contacts are asked, held, and left out, by reason."""

    name: str
    team: str = ""
    asked: int = 0
    why: Counter[rules.Why] = field(default_factory=Counter)
    held: int = 0

    @property
    def left_out(self) -> int:
        """Left out though they could be asked."""
        return sum(count for why, count in self.why.items() if why not in rules.NOT_COVERED) - self.held

    @property
    def others(self) -> int:
        """Not to be asked: staff, unreachable, or asked for another customer."""
        return sum(count for why, count in self.why.items() if why in rules.NOT_COVERED)

    @property
    def could_be(self) -> int:
        return self.asked + self.held + self.left_out

    @property
    def coverage(self) -> float | None:
        """Asked of those who could be asked; None of nobody."""
        return self.asked / self.could_be if self.could_be else None


@dataclass(frozen=True)
class Line:
    """One who is held or left out."""

    drawn: rules.Drawn
    salesperson: str
    team: str

    @property
    def label(self) -> str:
        return rules.WORDS_OF[self.drawn.why] if self.drawn.why else ""


@dataclass(frozen=True)
class Preview:
    """A month's draw as it would be now, for one reader's people."""

    month: date
    total: Share
    people: Sequence[Share]
    lines: Sequence[Line]


def month_to_draw(firm: Firm, at: datetime) -> date:
    """The month the next draw is for: last month while it can still be drawn, else this one."""
    last = month_before(firm.today(at))
    is_over = at >= rules.closes_at(last, firm.tzinfo)
    return month_after(last) if is_over or Round.objects.filter(month=last).exists() else last


def months_to_ask(firm: Firm, at: datetime) -> list[date]:
    """Months that somebody may still be left out of: the next to be drawn and the two after it."""
    first = month_to_draw(firm, at)
    return [first, month_after(first), month_after(month_after(first))]


def preview(user: User, month: date, *, firm: Firm, at: datetime) -> Preview:
    """Executives see the whole firm, managers their people but not themselves. A fixed number of queries."""
    people = {one.pk: one for one in User.objects.get_queryset().select_related("team")}
    apart = candidates_apart(month, firm=firm, at=at)
    drawn = rules.draw(apart.unusual, at=at)
    mine = [one for one in drawn if _is_shown(user, people[one.candidate.rated_id])]
    plain = {pk: asked for pk, asked in apart.plain.items() if _is_shown(user, people[pk])}
    total = Share("All together", asked=sum(plain.values()))
    shares = {pk: Share(people[pk].name, _team(people[pk]), asked) for pk, asked in plain.items()}
    for one in mine:
        rated = people[one.candidate.rated_id]
        share = shares.setdefault(rated.pk, Share(rated.name, _team(rated)))
        for counted in (share, total):
            _count(counted, one)
    for one in drawn:
        if (lost := one.candidate.lost_by) and _is_shown(user, people[lost]):
            shares.setdefault(lost, Share(people[lost].name, _team(people[lost]))).why[rules.Why.HANDED_OVER] += 1
    lines = [_line(one, people) for one in mine if one.why]
    lines.sort(key=lambda line: (line.team, line.salesperson, line.drawn.candidate.names["customer"]))
    return Preview(month, total, sorted(shares.values(), key=lambda share: (share.team, share.name)), lines)


def _is_shown(user: User, rated: User) -> bool:
    if user.has_role(Role.EXECUTIVE):
        return True
    return rated.team_id in user.led_team_ids and rated.pk != user.pk


def _team(person: User) -> str:
    return person.team.name if person.team else "No team"


def _count(share: Share, one: rules.Drawn) -> None:
    if one.why:
        share.why[one.why] += 1
        share.held += one.state == "held"
    else:
        share.asked += 1


def _line(one: rules.Drawn, people: dict[int, User]) -> Line:
    rated = people[one.candidate.rated_id]
    return Line(one, rated.name, _team(rated))


def by_team(people: Iterable[Share]) -> list[Share]:
    """The shares of people added up by team."""
    teams: dict[str, Share] = defaultdict(lambda: Share(""))
    for person in people:
        team = teams[person.team]
        team.name = person.team
        team.asked += person.asked
        team.held += person.held
        team.why += person.why
    return [teams[name] for name in sorted(teams)]


def narrowed(lines: Iterable[Line], *, text: str, why: str, team: str) -> list[Line]:
    """Lines by words of a name, by reason and by team."""
    low = text.casefold()
    return [
        line
        for line in lines
        if (not why or line.drawn.why == why)
        and (not team or line.team == team)
        and (
            not low or any(low in word.casefold() for word in (*line.drawn.candidate.names.values(), line.salesperson))
        )
    ]
