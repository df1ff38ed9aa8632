"""Setting doubtful answers aside, and the two people who decide on them. Nothing is ever deleted.

What is decided while the round is open counts at once: no result shows yet. What is decided after its close takes
effect with the next round's close (``settle_late``), together with many new answers: else whoever decides on a
customer's answer could compare the numbers before and after, and read the words chosen.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from customers.models import Contact
from firm.actions import notify
from report_cards.models import Answer, Invitation, Quarantine, QuarantineVote, Response, ResponseTrace
from report_cards.queries import deciders_on, line_of, the_policy
from report_cards.rules import integrity as rules

Reason = Quarantine.Reason
Verdict = Quarantine.Verdict
HOLD_ROUND = """
SELECT FROM report_cards_round round JOIN report_cards_invitation invitation ON invitation.round_id = round.id
JOIN report_cards_response response ON response.invitation_id = invitation.id
WHERE response.id = %s FOR SHARE OF round
"""


@dataclass(frozen=True)
class Origin:
    """Where an answer came from: the address of the network and what the browser calls itself. Never stored."""

    address: str
    browser: str


def look_closer(response: Response, invitation: Invitation, origin: Origin, *, at: datetime) -> None:
    """Note where an answer came from, as hashes, and set aside what is doubtful: it, its burst, its device's answers.

    The caller holds the round's answers in a row (``answering.record_response``), so that no two miss each other.
    """
    policy = the_policy()
    offices = [*policy.own_networks, *settings.OFFICE_NETWORKS]
    trace = _note_trace(response, invitation, origin, offices, at)
    doubts: dict[int, set[str]] = defaultdict(set)
    if trace.is_own_network:
        doubts[response.pk].add(Reason.OWN_NETWORK)
    if rules.in_domains(invitation.domain, policy.own_domains):
        doubts[response.pk].add(Reason.OWN_DOMAIN)
    if _changed_late(invitation):
        doubts[response.pk].add(Reason.LATE_ADDRESS)
    new = rules.Trace(response.pk, invitation.customer_id, invitation.salesperson_id, at)
    for reason, found in (
        (Reason.SHARED_DEVICE, rules.shared_device(_same_device(trace), new=new)),
        (Reason.BURST, _burst(invitation, new)),
    ):
        for pk in found:
            doubts[pk].add(reason)
    known = _known(doubts)
    for pk, reasons in sorted(doubts.items()):
        if not reasons <= known.get(pk, set()):
            set_aside(pk, reasons, at=at)


def _known(responses: Collection[int]) -> dict[int, set[str]]:
    """The reasons for which each response is set aside already: those change nothing now. One query.

    Without it the hundredth answer of one device would lock the ninety-nine before it, one after the other.
    """
    in_force = Quarantine.objects.in_force().filter(response__in=responses)
    return {pk: set(reasons) for pk, reasons in in_force.values_list("response", "reasons")}


def _note_trace(
    response: Response, invitation: Invitation, origin: Origin, offices: list[str], at: datetime
) -> ResponseTrace:
    """The hashes are keyed by the round and the installation's secret: they match nothing outside the round."""
    network = rules.network_of(origin.address)

    def keyed(*parts: str) -> bytes:
        return salted_hmac(f"report_cards.trace.{invitation.round_id}", "\n".join(parts), algorithm="sha256").digest()

    trace = ResponseTrace(
        response=response,
        device_hash=keyed("device", network, origin.browser),
        network_hash=keyed("network", network),
        is_own_network=rules.in_networks(origin.address, offices),
        at=at,
    )
    fields = ["device_hash", "network_hash", "is_own_network", "at"]
    ResponseTrace.objects.bulk_create([trace], update_conflicts=True, unique_fields=["response"], update_fields=fields)
    return trace


def _changed_late(invitation: Invitation) -> bool:
    if invitation.contact_id is None:
        return False
    changed = Contact.objects.filter(pk=invitation.contact_id).values_list("email_changed_at", flat=True).first()
    return rules.changed_late(changed, drawn_at=invitation.round.drawn_at)


def _same_device(trace: ResponseTrace) -> list[rules.Trace]:
    return _traces(device_hash=trace.device_hash, but=trace.response_id)


def _burst(invitation: Invitation, new: rules.Trace) -> set[int]:
    about = {"round": invitation.round_id, "salesperson": invitation.salesperson_id}
    near = _traces(
        **{f"response__invitation__{name}": value for name, value in about.items()},
        at__gt=new.at - rules.BURST_WITHIN,
        but=new.response,
    )
    if len(near) + 1 < rules.FEWEST_IN_BURST:
        return set()
    invited = Invitation.objects.asked().filter(**about).count()
    return rules.burst(near, new=new, invited=invited)


def _traces(*, but: int, **wanted: object) -> list[rules.Trace]:
    rows = (
        ResponseTrace.objects.filter(**wanted)
        .exclude(response=but)
        .values_list("response", "response__invitation__customer", "response__invitation__salesperson", "at")
    )
    return [rules.Trace(*row) for row in rows]


@transaction.atomic
def set_aside(
    response_id: int, reasons: Collection[str], *, at: datetime, note: str = "", acting_user: User | None = None
) -> Quarantine | None:
    """Quarantine a response, or add to the reasons of the quarantine it is in.

    What two people have released already is no reason again, unless somebody reports it; what is void stays void.
    """
    response = _locked(response_id)
    earlier = list(response.quarantines.all())
    in_force = next((q for q in earlier if q.verdict != Verdict.RELEASED), None)
    if in_force is not None:
        if not in_force.verdict and not set(reasons) <= set(in_force.reasons):
            in_force.reasons = sorted({*in_force.reasons, *reasons})
            in_force.save(update_fields=["reasons"])
        return in_force
    judged = {reason for q in earlier for reason in q.reasons} - {Reason.REPORTED}
    if not set(reasons) - judged:
        return None
    quarantine = Quarantine.objects.create(
        response=response, reasons=sorted(set(reasons)), note=note, opened_by=acting_user, opened_at=at
    )
    if response.invitation.round.closed_at is None:
        _count([response.pk], is_counted=False)
    _tell_deciders(response, quarantine)
    return quarantine


def _locked(response_id: int) -> Response:
    """Every change of what counts takes the round, which so stays open or closed, the response, then its quarantine.

    In this order nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD_ROUND, [response_id])
    return (
        Response.objects.select_for_update(no_key=True, of=("self",))
        .select_related("invitation__salesperson", "invitation__round")
        .get(pk=response_id)
    )


def _count(responses: Collection[int], *, is_counted: bool) -> None:
    Response.objects.filter(pk__in=responses).update(is_counted=is_counted)
    Answer.objects.filter(response__in=responses).update(is_counted=is_counted)


def settle_late() -> int:
    """Let what was decided on answers of closed rounds count from now on; how many. Two queries when there are none.

    ``close_round`` does it. Months that were counted before keep their numbers; pay and later windows see the change.
    """
    in_force = Quarantine.objects.in_force().values("response")
    out = list(Response.objects.filter(pk__in=in_force, is_counted=True).values_list("pk", flat=True))
    released = Response.objects.filter(quarantines__verdict=Verdict.RELEASED, is_counted=False)
    back = list(released.exclude(pk__in=in_force).distinct().values_list("pk", flat=True))
    for responses, is_counted in ((out, False), (back, True)):
        if responses:
            _count(responses, is_counted=is_counted)
    return len(out) + len(back)


def _tell_deciders(response: Response, quarantine: Quarantine) -> None:
    """Each hears once a round that something waits."""
    for decider in deciders_on(response.invitation.salesperson):
        if decider.pk != quarantine.opened_by_id:
            notify(
                decider,
                "Doubtful answers wait in quarantine for two people to decide.",
                url=reverse("integrity"),
                key=f"quarantine-{response.invitation.round_id}",
            )


@transaction.atomic
def report_answer(response: Response, *, reason: str, acting_user: User, at: datetime) -> Quarantine | None:
    """Have two others decide on a counted answer, also after its round was closed."""
    line = line_of(response.invitation.salesperson)
    if not rules.may_decide(acting_user.roles, user_id=acting_user.pk, line=line, reported_by=None):
        raise PermissionDenied
    return set_aside(response.pk, [Reason.REPORTED], at=at, note=reason, acting_user=acting_user)


@transaction.atomic
def decide_quarantine(
    quarantine: Quarantine, *, verdict: str, reason: str, acting_user: User, at: datetime
) -> Quarantine:
    """One person's vote; two that agree release the answer or void it. A settled one never changes.

    Raises ``PermissionDenied`` for the rated person, their line, and whoever reported the answer; ``ValidationError``
    when it is settled, or when the person has voted otherwise: a vote stays what it was.
    """
    response = _locked(quarantine.response_id)
    held = Quarantine.objects.select_for_update().get(pk=quarantine.pk)
    line = line_of(response.invitation.salesperson)
    if not rules.may_decide(acting_user.roles, user_id=acting_user.pk, line=line, reported_by=held.opened_by_id):
        raise PermissionDenied
    votes = dict(held.votes.values_list("user", "verdict"))
    if (own := votes.get(acting_user.pk)) == verdict:
        return held
    if own:
        before = "let it count" if own == Verdict.RELEASED else "void it"
        raise ValidationError(f"You decided to {before} already. A decision stays what it was.")
    if held.verdict:
        raise ValidationError("Two others decided meanwhile. What they say stands; yours was not recorded.")
    QuarantineVote.objects.create(quarantine=held, user=acting_user, verdict=verdict, reason=reason, at=at)
    held.verdict = rules.verdict({**votes, acting_user.pk: verdict})
    if held.verdict:
        held.settled_at = at
        held.save(update_fields=["verdict", "settled_at"])
    if held.verdict == Verdict.RELEASED and response.invitation.round.closed_at is None:
        _count([response.pk], is_counted=True)
    return held


def wipe_traces(*, at: datetime) -> int:
    """Forget where answers came from, 60 days after their round was closed; how many."""
    long_closed = at - rules.TRACES_KEPT_FOR
    return ResponseTrace.objects.filter(response__invitation__round__closed_at__lte=long_closed).delete()[0]
