"""How far a round has come, and whom it leaves out."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from report_cards.models import Invitation, Response, Round

LEFT_OUT_SHOWN = 200


def round_progress(round_: Round) -> dict[str, int]:
    """Counts of a round's invitations by state, and of answers and reminders. One query."""
    states = {state.value: Count("id", filter=Q(state=state)) for state in Invitation.State}
    answered = Exists(Response.objects.filter(invitation=OuterRef("pk")))
    return round_.invitations.aggregate(
        drawn=Count("id", filter=~Q(state=Invitation.State.EXCLUDED)),
        answered=Count("id", filter=Q(answered)),
        reminded=Count("id", filter=Q(reminded_at__isnull=False)),
        **states,
    )


def left_out(round_: Round, user: User) -> QuerySet[Invitation]:
    """Who was not plainly asked, and why: executives see everybody, managers their people."""
    states = [Invitation.State.HELD, Invitation.State.EXCLUDED, Invitation.State.DOUBTFUL, Invitation.State.BOUNCED]
    rows = round_.invitations.filter(state__in=states).select_related("salesperson", "customer", "decided_by")
    if not user.has_role(Role.EXECUTIVE):
        rows = rows.filter(salesperson__team__in=user.led_team_ids).exclude(salesperson=user)
    return rows.order_by("state", "salesperson__name", "id")
