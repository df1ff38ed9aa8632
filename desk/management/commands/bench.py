"""``manage.py bench``: how fast the pages are, as ratios to bare views that run the same SQL."""

import json
from argparse import ArgumentParser
from secrets import token_urlsafe
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Team, User
from customers.models import Customer
from desk.bench.measuring import Operation, measure
from firm.models import Firm
from firm.rules import token_hash
from recovery.models import Case
from report_cards.forms import word_field
from report_cards.models import Invitation, InvitationToken
from report_cards.queries import the_policy


class Command(BaseCommand):
    help = "Print one JSON object a line for each operation: its time, its queries, its floor and the ratio."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--customers", type=int, default=2000, help="size of the demo firm, when there is none yet")
        parser.add_argument("--only", default="", help="the operations whose names hold this")
        parser.add_argument("--rounds", type=int, default=100, help="how often each operation is timed")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Firm.objects.exists():
            call_command("demo", customers=options["customers"], stdout=self.stderr)
        if not Firm.objects.filter(is_demo=True).exists():
            raise CommandError("The bench writes secrets and ratings: it runs only in a demo database.")
        operations = [one for one in make_operations(options["rounds"]) if options["only"] in one.name]
        for operation in operations:
            operation.record()
        for row in measure(operations, rounds=options["rounds"]):
            self.stdout.write(json.dumps(row))


def make_operations(rounds: int) -> list[Operation]:
    """What people do most, each by somebody whose page is full."""
    the_policy()
    silent = Invitation.objects.filter(round__closed_at=None, response=None).exclude(state="excluded").order_by("pk")
    invitation, *others = silent.select_related("round__card", "salesperson__team")[: 2 + rounds + max(5, rounds // 10)]
    owner: User = invitation.salesperson
    calm = Customer.objects.filter(owner=owner).exclude(cases__state="open").annotate(n=Count("secrets")).order_by("-n")
    # What is logged goes to another than the one whose page is measured, or the page would grow from run to run.
    customer, told = calm[0], calm[1]
    agent = User.objects.holding(Role.SERVICE).filter(cases__state="open").first()
    manager = owner.team.manager if owner.team else None
    # The one above everybody: the largest team there is.
    head = Team.objects.get(parent=None, manager__isnull=False).manager
    executive = User.objects.holding(Role.EXECUTIVE).first()
    case = Case.objects.open().filter(agent=agent).order_by("pk")[0]
    rate, log_secret = _rate_path(invitation), reverse("log_secret")
    return [
        Operation("sign-in page", reverse("account_login")),
        Operation("home", reverse("home"), owner),
        Operation("customer search", f"{reverse('search')}?q=harb", owner, htmx=True),
        Operation("customer list", reverse("customers"), owner),
        Operation("customer page", reverse("customer", args=[customer.pk]), owner),
        Operation("the page's rest", reverse("customer_rest", args=[customer.pk]), owner, htmx=True),
        Operation("secret search", f"{reverse('secrets')}?q=harbour", owner),
        Operation(
            "log a secret",
            f"{log_secret}?customer={told.pk}",
            owner,
            {
                "customer": str(told.pk),
                "text": "Wants to sail round the island before the winter.",
                "category": "dream",
            },
        ),
        Operation("rating page", rate),
        Operation("submit a rating", rate, data=_rating(invitation), others=[_rate_path(other) for other in others]),
        Operation("results page", reverse("team_results"), manager),
        Operation("salesperson results", reverse("results"), owner),
        Operation("person results", reverse("person_results", args=[owner.pk]), manager),
        Operation("team results", reverse("team_results"), head),
        Operation("firm results", reverse("firm_results"), executive),
        Operation("case page", reverse("case", args=[case.pk]), agent),
    ]


def _rate_path(invitation: Invitation) -> str:
    """A fresh link of an invitation."""
    token = token_urlsafe(32)
    InvitationToken.objects.create(invitation=invitation, token_hash=token_hash(token), minted_at=timezone.now())
    return reverse("rate", args=[token])


def _rating(invitation: Invitation) -> dict[str, str]:
    behaviours = invitation.round.card.behaviours.all()
    return {word_field(behaviour): "good" for behaviour in behaviours} | {"fit": "yes", "who_may_see": "nobody"}
