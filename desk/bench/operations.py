"""What ``manage.py bench`` measures: what people do most, each by somebody whose page is full."""

from dataclasses import dataclass
from secrets import token_urlsafe

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Team, User
from compensation.models import PlanYear, Run, Statement
from compensation.queries import member_on
from customers.models import Customer
from desk.bench.measuring import Operation, warm_up
from firm.queries import the_firm
from firm.rules import token_hash
from recovery.models import Case, FollowUp, FollowUpToken
from report_cards.forms import word_field
from report_cards.models import Invitation, InvitationToken, Round
from report_cards.queries import the_policy


@dataclass(frozen=True)
class Cast:
    """Who does it: those whose pages hold the most."""

    owner: User
    manager: User | None
    head: User | None
    executive: User | None
    compensation: User | None
    agent: User | None


def make_operations(rounds: int) -> list[Operation]:
    """Every operation of the bench; a page the firm has no row for yet is left out."""
    the_policy()
    silent = Invitation.objects.filter(round__closed_at=None, response=None).exclude(state__in=("excluded", "held"))
    asked = list(
        silent.select_related("round__card", "salesperson__team").order_by("pk")[: 2 + rounds + warm_up(rounds)]
    )
    cast = _cast(asked[0].salesperson)
    return [*_everyday(cast), *_links(asked), *_results(cast), *_rounds(cast), *_pay(cast), *_recovery(cast)]


def _cast(owner: User) -> Cast:
    return Cast(
        owner=owner,
        manager=owner.team.manager if owner.team else None,
        # The one above everybody: the largest team there is.
        head=Team.objects.get(parent=None, manager__isnull=False).manager,
        executive=User.objects.holding(Role.EXECUTIVE).first(),
        compensation=User.objects.holding(Role.COMPENSATION).first(),
        agent=User.objects.holding(Role.SERVICE).filter(cases__state="open").first(),
    )


def _everyday(cast: Cast) -> list[Operation]:
    """Signing in, Today, finding and opening a customer, logging a secret."""
    owner = cast.owner
    calm = Customer.objects.filter(owner=owner).exclude(cases__state="open").annotate(n=Count("secrets")).order_by("-n")
    # What is logged goes to another than the one whose page is measured, or the page would grow from run to run.
    customer, told = calm[0], calm[1]
    wish = {"customer": str(told.pk), "text": "Wants to sail round the island before the winter.", "category": "dream"}
    return [
        Operation("sign-in page", reverse("account_login")),
        Operation("home", reverse("home"), owner),
        Operation("bonus on Today", reverse("home_bonus"), owner, htmx=True),
        Operation("customer search", f"{reverse('search')}?q=harb", owner, htmx=True),
        Operation("customer list", reverse("customers"), owner),
        Operation("customer page", reverse("customer", args=[customer.pk]), owner),
        Operation("the page's rest", reverse("customer_rest", args=[customer.pk]), owner, htmx=True),
        Operation("secret search", f"{reverse('secrets')}?q=harbour", owner),
        Operation("log a secret", f"{reverse('log_secret')}?customer={told.pk}", owner, wish),
    ]


def _links(asked: list[Invitation]) -> list[Operation]:
    """What a customer opens from a mail, without signing in."""
    invitation, *others = asked
    rate = _rate_path(invitation)
    found = [
        Operation("rating page", rate),
        Operation("submit a rating", rate, data=_rating(invitation), others=[_rate_path(other) for other in others]),
    ]
    unanswered = FollowUp.objects.filter(state=FollowUp.State.SENT, answered_at=None, closes_at__gt=timezone.now())
    if follow_up := unanswered.first():
        token = token_urlsafe(32)
        FollowUpToken.objects.create(follow_up=follow_up, token_hash=token_hash(token))
        found.append(Operation("follow-up page", reverse("follow_up", args=[token])))
    return found


def _results(cast: Cast) -> list[Operation]:
    return [
        Operation("results page", reverse("team_results"), cast.manager),
        Operation("salesperson results", reverse("results"), cast.owner),
        Operation("person results", reverse("person_results", args=[cast.owner.pk]), cast.manager),
        Operation("team results", reverse("team_results"), cast.head),
        Operation("firm results", reverse("firm_results"), cast.executive),
        Operation("most improved", reverse("most_improved"), cast.owner),
    ]


def _rounds(cast: Cast) -> list[Operation]:
    """The rounds, one of them as it goes, and what the next draw would do."""
    newest = Round.objects.latest("month")
    return [
        Operation("rounds page", reverse("rounds"), cast.executive),
        Operation("round page", reverse("round", args=[newest.pk]), cast.executive),
        Operation("preview of a round", reverse("preview_round"), cast.executive),
    ]


def _pay(cast: Cast) -> list[Operation]:
    """The bonus as its owner sees it, the statements, the runs and the simulator."""
    found = [Operation("bonus page", reverse("my_bonus"), cast.owner)]
    if member := member_on(cast.owner, the_firm().today(timezone.now())):
        found.append(Operation("statement page", reverse("statement", args=[member.pk]), cast.compensation))
    if kept := Statement.objects.filter(run__state=Run.State.LOCKED).last():
        found.append(Operation("kept statement", reverse("kept_statement", args=[kept.pk]), cast.compensation))
    found.append(Operation("runs page", reverse("runs"), cast.compensation))
    if run := Run.objects.filter(state=Run.State.LOCKED).last():
        found.append(Operation("run page", reverse("run", args=[run.pk]), cast.compensation))
    if year := PlanYear.objects.filter(plan__removed_at=None).last():
        path = f"{reverse('simulator')}?year={year.pk}"
        found.append(Operation("simulator", path, cast.compensation))
        found.append(Operation("simulator's numbers", path, cast.compensation, htmx=True))
    return found


def _recovery(cast: Cast) -> list[Operation]:
    """The running cases, one of them with its surprise finder, and how recovery does."""
    found = [
        Operation("case list", reverse("cases"), cast.agent),
        Operation("case's customer search", f"{reverse('open_case')}?q=harb", cast.agent, htmx=True),
        Operation("case board", reverse("recovery_board"), cast.agent),
    ]
    if case := Case.objects.open().filter(agent=cast.agent).order_by("pk").first():
        path = reverse("case", args=[case.pk])
        found.append(Operation("case page", path, cast.agent))
        found.append(Operation("surprise finder", f"{path}?secrets=all", cast.agent))
    return found


def _rate_path(invitation: Invitation) -> str:
    """A fresh link of an invitation."""
    token = token_urlsafe(32)
    InvitationToken.objects.create(invitation=invitation, token_hash=token_hash(token), minted_at=timezone.now())
    return reverse("rate", args=[token])


def _rating(invitation: Invitation) -> dict[str, str]:
    behaviours = invitation.round.card.behaviours.all()
    return {word_field(behaviour): "good" for behaviour in behaviours} | {"fit": "yes", "who_may_see": "nobody"}
