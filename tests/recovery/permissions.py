"""Who gets which status at the addresses of recovery."""

from recovery import actions
from tests.access import Access
from tests.conftest import NOW


def running(request):
    """A case of the cast's customer; the service agent has it."""
    agent = request.getfixturevalue("service_agent")
    return actions.open_case(
        customer=request.getfixturevalue("customer"),
        what_happened="Wrong glaze delivered.",
        severity="low",
        root_cause="delivery",
        agent=agent,
        acting_user=agent,
        at=NOW,
    )


def of_running(request):
    return {"pk": running(request).pk}


def fix_of_running(request):
    return {"pk": running(request).pk, "kind": "fix"}


def of_closed(request):
    case, agent = running(request), request.getfixturevalue("service_agent")
    actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=agent, at=NOW)
    return {"pk": case.pk}


STAFF = ("owner", "colleague", "outsider", "manager", "service_agent")
TICKS = {"service_agent": 302, "owner": 302, "colleague": 403, "manager": 403}
STEERS = {"service_agent": 302, "owner": 302, "colleague": 403, "manager": 302}
SEES = dict.fromkeys(("service_agent", "owner", "colleague", "manager"), 200)


def ticks(**data):
    return Access(404, TICKS, args=of_running, method="post", data=data)


PERMISSIONS: dict[str, Access] = {
    "cases": Access(403, dict.fromkeys(STAFF, 200)),
    "open_case": Access(403, dict.fromkeys(STAFF, 200)),
    "case": Access(404, SEES, args=of_running),
    "apology": Access(404, SEES, args=of_running),
    "keep_drafts": ticks(),
    "acknowledge_case": ticks(),
    "fix_case": ticks(note="The right glaze is there."),
    "surprise_case": ticks(surprise="Warm mittens."),
    "apologise_case": ticks(apology="We are sorry.", how="printed"),
    "change_due": Access(
        404, {**STEERS, **dict.fromkeys(("service_agent", "owner", "manager"), 200)}, args=fix_of_running
    ),
    "untick_milestone": Access(404, TICKS, args=fix_of_running, method="post"),
    "close_case": Access(404, STEERS, args=of_running, method="post", data={"reason": "They moved away."}),
    "hand_over_case": Access(
        404,
        # Nobody else is in service here: the form comes back, refused.
        {**STEERS, "service_agent": 422, "owner": 422, "manager": 422},
        args=of_running,
        method="post",
        data={"to": "", "note": "All is told."},
    ),
    "reopen_case": Access(404, STEERS, args=of_closed, method="post", data={"reason": "It broke again."}),
    "check_back": Access(404, TICKS, args=of_closed, method="post", data={"note": "Happy."}),
}
