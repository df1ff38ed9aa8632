"""Drawing chance for the simulator: asked for by a person, worked off in batches, replaced or cancelled at any time."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from compensation import rules
from compensation.models import ChanceDraw, PlanYear
from compensation.queries import simulation
from compensation.queries.past_year import PastYear, past_year
from compensation.rules import chance
from compensation.rules.simulation import Part
from firm.actions import notify
from firm.bell import ring

DRAW = "compensation.draw_chances"
# People between two words on how far it is: some tenths of a second.
BATCH = 200
STALE = "The facts have changed since. Draw again."
FAILED = "Chance could not be drawn; whoever runs this installation finds the reason in the log. Draw again."


@transaction.atomic
def draw_chance(
    year: PlanYear,
    facts: PastYear,
    parts: tuple[Part, ...],
    *,
    facts_on: date,
    acting_user: User,
    at: datetime,
) -> ChanceDraw:
    """Have the worker draw what a mix would pay; whatever the person had drawn before makes room for it."""
    if not rules.may_see_plans(acting_user.roles):
        raise PermissionDenied
    asked = {
        "asked_at": at,
        "year": year,
        "facts": facts.digest,
        "facts_on": facts_on,
        "mix": simulation.told(parts),
        "mark": simulation.mark(facts, parts),
        "total": len(facts.people),
    }
    anew = {"done": 0, "sums": [], "each": [], "problem": "", "ended_at": None}
    draw, _ = ChanceDraw.objects.update_or_create(asked_by=acting_user, defaults=asked | anew)
    ring(DRAW)
    return draw


def cancel_chance(*, acting_user: User) -> bool:
    """Forget what the person asked to be drawn; whether there was anything. A worker at it stops by itself."""
    return bool(ChanceDraw.objects.filter(asked_by=acting_user).delete()[0])


def go_on_drawing(draw: ChanceDraw, *, at: datetime) -> bool:
    """Work off what is left of a draw; False where another, or its person, was faster.

    Each batch is written only over the state it began from: killed, it goes on there; done twice, it is the same.
    """
    facts = past_year(draw.year, today=draw.facts_on, digest=draw.facts, is_patient=True)
    if facts is None or facts.digest != draw.facts:
        return _write(draw, problem=STALE, ended_at=at)
    parts = simulation.heard(draw.mix)
    while draw.ended_at is None:
        drawn = simulation.drawn(facts, draw.year, parts, first=draw.done, most=BATCH)
        done = draw.done + len(drawn.each)
        sums = [before + more for before, more in zip(draw.sums or [0.0] * chance.DRAWS, drawn.sums, strict=True)]
        ended_at = at if done == draw.total else None
        if not _write(draw, sums=sums, each=[*draw.each, *drawn.each], done=done, ended_at=ended_at):
            return False
    return True


@transaction.atomic
def give_up_drawing(draw: ChanceDraw, *, at: datetime) -> bool:
    """End a draw that raised what nobody expected and tell who asked; False where it was replaced meanwhile."""
    draw.refresh_from_db(fields=["done"])
    if not _write(draw, problem=FAILED, ended_at=at):
        return False
    notify(draw.asked_by, f"{draw.year}: chance could not be drawn.", url=f"{reverse('simulator')}?year={draw.year_id}")
    return True


def _write(draw: ChanceDraw, **changes: object) -> bool:
    """Change a draw that is still as it was; remember it here too."""
    same = ChanceDraw.objects.filter(pk=draw.pk, mark=draw.mark, asked_at=draw.asked_at, done=draw.done, ended_at=None)
    if not same.update(**changes):
        return False
    for name, value in changes.items():
        setattr(draw, name, value)
    return True
