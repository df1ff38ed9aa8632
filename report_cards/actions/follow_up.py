"""What follows from a round's close, once each: the plans its results call for, and the award of the most improved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from accounts.queries import managers_above
from firm.actions import Notice, notify, notify_all, post_mail
from firm.queries import the_firm
from report_cards import queries
from report_cards.models import ActionPlan, Behaviour, MostImproved, PlanCall, Policy, Round
from report_cards.rules import improvement
from report_cards.rules import plans as plan_rules

# A round closed longer ago calls for nothing any more: nobody wants last winter's plans after an outage or an import.
FOLLOW_FOR = timedelta(days=40)


def follow_up(*, at: datetime) -> int:
    """Do what the closed rounds still ask for, oldest first; how many rounds that were."""
    undone = Round.objects.filter(Q(plan_call=None) | Q(most_improved=None), closed_at__gt=at - FOLLOW_FOR)
    rounds = list(undone.order_by("month"))
    for round_ in rounds:
        call_for_plans(round_, at=at)
        award_most_improved(round_, at=at)
    return len(rounds)


@transaction.atomic
def call_for_plans(round_: Round, *, at: datetime) -> PlanCall:
    """Call for the plans that a closed round's results require, and tell whom it concerns; once.

    Plans, notices, mails and the mark that it is done are one transaction: whatever crashes, all of it or nothing is.
    Raises ``Round.DoesNotExist`` while the round is open.
    """
    _one_at_a_time()
    round_ = Round.objects.closed().select_related("card").get(pk=round_.pk)
    if done := PlanCall.objects.filter(round=round_).first():
        return done
    rule = queries.the_policy().plan_rule
    plans, waiting = _plans(round_, strict=rule == Policy.PlanRule.STRICT, at=at)
    ActionPlan.objects.bulk_create(plans)
    _tell_of_plans(plans)
    return PlanCall.objects.create(round=round_, rule=rule, called=len(plans), waiting=waiting, at=at)


def _one_at_a_time() -> None:
    """Two sweeps of the same moment come one after the other; nothing that answers customers waits for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.follow_up'))")


def _plans(round_: Round, *, strict: bool, at: datetime) -> tuple[list[ActionPlan], list[list[Any]]]:
    """The plans to be made, and who waits for a free place: [person's id, behaviour's key]."""
    found = queries.standings(round_)
    # Held before the open plans are read: whoever makes one at this moment holds their row too (plans.add_action_plan).
    rated = User.objects.holding(Role.SALESPERSON).filter(pk__in=found)
    people = list(rated.order_by("pk").select_for_update(no_key=True))
    behaviours = {behaviour.key: behaviour for behaviour in round_.card.behaviours.all()}
    opened, resting = _open_plans(found), queries.ended_within(round_, found)
    plans, waiting = [], []
    for person in people:
        needs = _needs(found[person.pk], strict=strict)
        taken = opened[person.pk]
        called, later = plan_rules.plans_to_call(needs, open_keys=taken, resting=resting[person.pk])
        free = [slot for slot in (1, 2) if slot not in taken.values()]
        plans += [
            _plan(person, behaviours[need.key], need, round_=round_, slot=slot, at=at)
            for slot, need in zip(free, called, strict=False)
        ]
        waiting += [[person.pk, need.key] for need in later]
    return plans, waiting


def _needs(behaviours: Mapping[str, queries.Pair], *, strict: bool) -> list[plan_rules.Need]:
    return [
        plan_rules.Need(key, cause, now, before)
        for key, (now, before) in behaviours.items()
        if (cause := plan_rules.plan_cause(now, before, strict=strict))
    ]


def _open_plans(people: Iterable[int]) -> dict[int, dict[str, int]]:
    """{person: {behaviour's key: slot}} of open plans."""
    opened: dict[int, dict[str, int]] = defaultdict(dict)
    rows = ActionPlan.objects.open().filter(salesperson__in=list(people))
    for person, key, slot in rows.values_list("salesperson_id", "behaviour_key", "slot"):
        opened[person][key] = slot
    return opened


def _plan(
    person: User, behaviour: Behaviour, need: plan_rules.Need, *, round_: Round, slot: int, at: datetime
) -> ActionPlan:
    facts = {"now": facts_of(need.now), "before": facts_of(need.before) if need.before else None}
    return ActionPlan(
        salesperson=person,
        behaviour=behaviour,
        behaviour_key=behaviour.key,
        round=round_,
        cause=need.cause,
        slot=slot,
        facts=facts,
        called_at=at,
        write_by=the_firm().today(at) + plan_rules.WRITE_WITHIN,
    )


def facts_of(standing: plan_rules.Standing) -> dict[str, Any]:
    """A quarter as it is kept with a plan; the share exactly, as a fraction."""
    return {
        "share": None if standing.share is None else str(standing.share),
        "customers": standing.customers,
        "target": str(standing.target),
        "status": standing.status,
    }


def _tell_of_plans(plans: list[ActionPlan]) -> None:
    """Each person hears of their plans once, and the nearest manager of everybody's in one mail."""
    of_managers: dict[int, list[ActionPlan]] = defaultdict(list)
    for person, own in groupby(plans, key=lambda plan: plan.salesperson):
        mine = list(own)
        _tell_salesperson(person, mine)
        for nearest in managers_above(person)[:1]:
            of_managers[nearest] += mine
    for manager in User.objects.filter(pk__in=of_managers):
        _tell_manager(manager, of_managers[manager.pk])


def _tell_salesperson(person: User, plans: list[ActionPlan]) -> None:
    for plan in plans:
        words = f"{plan.behaviour.name}: what will you change? A plan is asked for by {plan.write_by:%-d %B}."
        notify(person, words, url=reverse("action_plan", args=[plan.pk]), key=f"plan-called-{plan.pk}")
    names = " and ".join(plan.behaviour.name for plan in plans)
    post_mail(
        to=person.email,
        subject=f"{plans[0].round}: time for a plan",
        text=(
            f"Hello {person.name},\n\nyour customers' answers suggest a closer look at: {names}.\n"
            f"Write down what you will change by {plans[0].write_by:%-d %B}, "
            "then talk it over with your manager:\n"
            f"{settings.ORIGIN}{reverse('action_plans')}\n"
        ),
    )


def _tell_manager(manager: User, plans: list[ActionPlan]) -> None:
    url = reverse("team_action_plans")
    people = len({plan.salesperson_id for plan in plans})
    words = (
        f"{people} of your people are asked for a plan." if people > 1 else "One of your people is asked for a plan."
    )
    notify(manager, words, url=url, key=f"plans-called-{plans[0].round_id}")
    names = "\n".join(f"- {plan.salesperson.name}: {plan.behaviour.name}" for plan in plans)
    post_mail(
        to=manager.email,
        subject=f"{plans[0].round}: plans asked for",
        text=(
            f"Hello {manager.name},\n\nthe results ask for these plans by {plans[0].write_by:%-d %B}:\n\n{names}\n\n"
            f"Offer each a coaching meeting:\n{settings.ORIGIN}{url}\n"
        ),
    )


@transaction.atomic
def award_most_improved(round_: Round, *, at: datetime) -> MostImproved:
    """Decide a closed month's award once, with the numbers it rests on; celebrated with everybody when there is one."""
    _one_at_a_time()
    round_ = Round.objects.closed().get(pk=round_.pk)
    if decided := MostImproved.objects.filter(round=round_).first():
        return decided
    now, before = queries.quarters(round_.month)
    behaviours = queries.common_behaviours(now, before)
    active = set(User.objects.holding(Role.SALESPERSON).values_list("pk", flat=True))
    voices = [one for one in queries.people_voices(now, before, behaviours) if one.person in active]
    award = improvement.most_improved(voices, seed=f"most improved {round_.month:%Y-%m}")
    winner = User.objects.get(pk=award.winner.person) if award.winner else None
    facts = {
        "reason": award.reason,
        "months": [f"{one.month:%Y-%m}" for one in now],
        "months_before": [f"{one.month:%Y-%m}" for one in before],
        "weights": {behaviour.key: behaviour.weight_bp for behaviour in behaviours},
        "variance": award.variance,
        "draws": award.draws,
        "changes": [asdict(change) for change in award.changes],
    }
    decided = MostImproved.objects.create(round=round_, winner=winner, chance=award.chance, facts=facts, at=at)
    if winner:
        _celebrate(decided, winner)
    return decided


def _celebrate(award: MostImproved, winner: User) -> None:
    url, month = f"{reverse('most_improved')}?month={award.round.month:%Y-%m}", f"{award.round.month:%B %Y}"
    everybody = User.objects.active().exclude(pk=winner.pk).values_list("pk", flat=True)
    words = f"{winner.name} is the most improved of {month}. Say well done!"
    key = f"most-improved-{award.round_id}"
    notify_all(Notice(pk, words, url, key) for pk in everybody)
    notify(winner, f"You are the most improved of {month}. Well done!", url=url, key=key)
    post_mail(
        to=winner.email,
        subject=f"You are the most improved of {month}",
        text=(
            f"Hello {winner.name},\n\nyour customers say it: nobody improved as clearly as you.\n"
            f"It hangs on the wall for everybody to see:\n{settings.ORIGIN}{url}\n\nWell done.\n"
        ),
    )
