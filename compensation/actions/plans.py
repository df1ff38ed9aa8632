"""Making plans: from a template, and a new version of an approved one."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse

from accounts.models import Role, User
from compensation import queries, rules
from compensation.actions.drafts import copy_year, may_write_on, note_writer
from compensation.models import BonusPlan, Component, PlanBehaviour, PlanMember, PlanYear, Quota
from compensation.rules import mix
from firm.actions import notify
from report_cards.models import Measure, ReportCard

DEFAULT_TARGET = Decimal("0.80")


@transaction.atomic
def add_plan(
    *,
    name: str,
    template: str,
    starts_on: date,
    currency: str,
    target_bonus: Decimal,
    quotas: Mapping[str, Decimal],
    acting_user: User,
    at: datetime,
    months: int = 36,
    prior_strength: int = mix.DEFAULT_PRIOR_STRENGTH,
) -> BonusPlan:
    """A draft from a template with the newest signed card's behaviours and every active salesperson but its maker.

    ``quotas`` holds an amount for new and one for continuing revenue, the same for everybody and every year to begin
    with. Raises ``PermissionDenied``, and ``ValidationError`` where no report card is signed.
    """
    if not rules.may_plan(acting_user.roles):
        raise PermissionDenied
    card = ReportCard.objects.signed().prefetch_related("behaviours").order_by("-first_month").first()
    if card is None:
        raise ValidationError("No report card is signed yet. A plan pays for the behaviours of a signed card.")
    plan = BonusPlan.objects.create(
        name=name,
        version=_next_version(name),
        currency=currency,
        starts_on=starts_on,
        months=months,
        template=template,
        made_by=acting_user,
    )
    note_writer(plan, acting_user, at)
    mixes = rules.TEMPLATES[template].years
    baselines = queries.baselines_before(starts_on)
    for place, span in enumerate(rules.plan_years(starts_on, months)):
        year = PlanYear.objects.create(plan=plan, number=place + 1, starts_on=span.start, ends_on=span.end, card=card)
        _add_components(year, mixes[min(place, len(mixes) - 1)], baselines, prior_strength)
    _add_members(plan, target_bonus=target_bonus, quotas=quotas, acting_user=acting_user, at=at)
    _ask_for_approval(plan)
    return plan


def _next_version(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('compensation.version'))")
    return (BonusPlan.objects.filter(name=name).aggregate(newest=Max("version"))["newest"] or 0) + 1


def _add_components(
    year: PlanYear, weights: Mapping[str, int], baselines: Mapping[str, queries.Baseline], prior_strength: int
) -> None:
    for position, (key, weight) in enumerate(weights.items(), 1):
        if key in mix.REVENUES:
            Component.objects.create(
                year=year,
                position=position,
                key=key,
                kind=Component.Kind.REVENUE,
                weight_bp=weight,
                curve=[list(point) for point in mix.REVENUE_CURVE],
            )
            continue
        component = Component.objects.create(
            year=year,
            position=position,
            key=key,
            kind=Component.Kind.RATING,
            weight_bp=weight,
            curve=[list(point) for point in mix.RATING_CURVE],
            target=DEFAULT_TARGET,
            prior_strength=prior_strength,
        )
        PlanBehaviour.objects.bulk_create(_behaviours(component, baselines))


def _behaviours(component: Component, baselines: Mapping[str, queries.Baseline]) -> list[PlanBehaviour]:
    """The card's behaviours of the component's measure; the baseline is the firm's own, else the target."""
    if component.key == mix.OUTSIDE_SOLUTIONS:
        rows = [(mix.OUTSIDE_SOLUTIONS, mix.OUTSIDE_BEHAVIOUR, 10_000, DEFAULT_TARGET)]
    else:
        measure = Measure(component.key)
        behaviours = [one for one in component.year.card.behaviours.all() if one.measure == measure]
        rows = [(one.key, one.name, one.weight_bp, one.target) for one in behaviours]
    if not rows:
        raise ValidationError(f"The signed report card has no behaviour of {component.get_key_display().lower()}.")
    return [
        PlanBehaviour(
            component=component,
            position=position,
            key=key,
            name=name,
            weight_bp=weight,
            target=target,
            prior_mean=baselines[key].mean if key in baselines else target,
            prior_reason="" if key in baselines else mix.NO_BASELINE,
        )
        for position, (key, name, weight, target) in enumerate(rows, 1)
    ]


def _add_members(
    plan: BonusPlan, *, target_bonus: Decimal, quotas: Mapping[str, Decimal], acting_user: User, at: datetime
) -> None:
    people = list(User.objects.holding(Role.SALESPERSON).exclude(pk=acting_user.pk))
    PlanMember.objects.bulk_create(
        PlanMember(
            plan=plan,
            salesperson=person,
            target_bonus=target_bonus,
            eligible_from=person.hired_on if person.hired_on and person.hired_on > plan.starts_on else None,
            changed_by=acting_user,
            changed_at=at,
        )
        for person in people
    )
    Quota.objects.bulk_create(
        Quota(salesperson=person, year=year, kind=kind, amount=amount, changed_by=acting_user, changed_at=at)
        for year in plan.years.all()
        for person in people
        for kind, amount in quotas.items()
    )


def _ask_for_approval(plan: BonusPlan) -> None:
    for executive in User.objects.holding(Role.EXECUTIVE).exclude(pk=plan.made_by_id):
        notify(executive, f"{plan.name} waits for your approval.", url=reverse("plan", args=[plan.pk]))


@transaction.atomic
def new_plan_version(plan: BonusPlan, *, effective_on: date, acting_user: User, at: datetime) -> BonusPlan:
    """A draft like an approved plan, members and quotas included, that pays from the first of a month on.

    Raises ``PermissionDenied``, also to whom the plan pays, and ``ValidationError`` where the day lies outside the
    months the plan pays.
    """
    if not may_write_on(acting_user, plan) or not plan.is_approved:
        raise PermissionDenied
    if not plan.paid_from < effective_on <= plan.ends_on:
        raise ValidationError(f"{plan} pays from {plan.paid_from:%-d %B %Y} to {plan.ends_on:%-d %B %Y}.")
    version = BonusPlan.objects.get(pk=plan.pk)
    version.pk, version._state.adding = None, True
    version.version, version.replaces, version.effective_on = _next_version(plan.name), plan, effective_on
    version.state, version.document_hash = BonusPlan.State.DRAFT, ""
    version.made_by, version.made_at = acting_user, at
    version.approved_by = version.approved_at = None
    version.save()
    note_writer(version, acting_user, at)
    years = {year.pk: copy_year(year, version, number=year.number, span=year.span) for year in plan.years.all()}
    _copy_members(plan, version, years, acting_user=acting_user, at=at)
    return version


def _copy_members(
    plan: BonusPlan, version: BonusPlan, years: Mapping[int, PlanYear], *, acting_user: User, at: datetime
) -> None:
    """Everybody keeps target, days and quotas; who left before the version begins stays behind."""
    changed = {"changed_by": acting_user, "changed_at": at}
    people = list(plan.members.exclude(eligible_until__lt=version.paid_from))
    PlanMember.objects.bulk_create(
        PlanMember(
            plan=version,
            salesperson_id=member.salesperson_id,
            target_bonus=member.target_bonus,
            eligible_from=member.eligible_from,
            eligible_until=member.eligible_until,
            **changed,
        )
        for member in people
    )
    quotas = Quota.objects.filter(year__in=years, salesperson__in=[member.salesperson_id for member in people])
    Quota.objects.bulk_create(
        Quota(salesperson_id=one.salesperson_id, year=years[one.year_id], kind=one.kind, amount=one.amount, **changed)
        for one in quotas
    )
