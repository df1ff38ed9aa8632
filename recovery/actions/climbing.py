"""Alerts: raised for what is worth an answer, told rung by rung, until somebody takes them.

Every step first locks the cases it works on, past those a person or another tick holds, and then looks anew: whatever
is written about a case is written under that lock. The database's clock is the time. A step is one transaction, with
its notices and mails: of a worker killed in it nothing stays, and the next tick does it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from firm.actions import Notice, notify_all, post_mails
from firm.bell import ring
from firm.models import OutboxMail
from recovery import rules
from recovery.models import Alert, AlertNotice, CaseEvent, Level, PushNotice, PushSubscription
from recovery.queries.ladder import Waiting, duty_at, lines_of, waits

# So many cases a transaction, and so many seconds a sweep: what is left waits for the next minute.
BATCH = 200
SWEEP_SECONDS = 20

LOCK_TO_RAISE = """
SELECT id FROM recovery_case
WHERE id IN (
    SELECT milestone.case_id FROM recovery_flag flag
    JOIN recovery_milestone milestone ON milestone.id = flag.milestone_id
    WHERE flag.wants_answer
)
ORDER BY id LIMIT %(batch)s
FOR NO KEY UPDATE SKIP LOCKED
"""

# The worst flag of a case that is still true: undone, its due time unchanged, the case open.
WORST = """
WITH worst AS (
    SELECT DISTINCT ON (kase.id) kase.id AS case_id, flag.id AS flag_id, flag.threshold
    FROM recovery_case kase
    JOIN recovery_milestone milestone ON milestone.case_id = kase.id AND milestone.done_at IS NULL
    JOIN recovery_flag flag ON flag.milestone_id = milestone.id AND flag.generation = milestone.generation
    WHERE kase.id = ANY(%(cases)s) AND kase.state = 'open' AND flag.wants_answer
    ORDER BY kase.id, flag.threshold = 'overdue' DESC, milestone.due_at, flag.id
)
"""

END_BEATEN = (
    WORST
    + """
UPDATE recovery_alert running SET ended_at = COALESCE(%(at)s::timestamptz, now())
FROM worst, recovery_flag its
WHERE running.case_id = worst.case_id AND running.ended_at IS NULL AND its.id = running.flag_id
  AND worst.threshold = 'overdue' AND its.threshold <> 'overdue'
"""
)

RAISE = (
    WORST
    + """
INSERT INTO recovery_alert (case_id, flag_id, raised_at, climbs_at)
SELECT case_id, flag_id, COALESCE(%(at)s::timestamptz, now()), COALESCE(%(at)s::timestamptz, now()) FROM worst
ON CONFLICT DO NOTHING
"""
)

SETTLE = """
UPDATE recovery_flag flag
SET wants_answer = false, spoken_for_id = (
    SELECT id FROM recovery_alert WHERE case_id = milestone.case_id AND ended_at IS NULL
)
FROM recovery_milestone milestone
WHERE milestone.id = flag.milestone_id AND milestone.case_id = ANY(%(cases)s) AND flag.wants_answer
"""

LOCK_TO_CLIMB = """
SELECT alert.id FROM recovery_alert alert JOIN recovery_case kase ON kase.id = alert.case_id
WHERE alert.ended_at IS NULL AND alert.climbs_at <= COALESCE(%(at)s::timestamptz, now())
ORDER BY alert.climbs_at LIMIT %(batch)s
FOR NO KEY UPDATE OF kase SKIP LOCKED
"""

# Under the lock: those whose reason is gone end; the others are what is left to tell.
END_DONE = """
UPDATE recovery_alert alert SET ended_at = COALESCE(%(at)s::timestamptz, now())
FROM recovery_flag flag, recovery_milestone milestone, recovery_case kase
WHERE alert.id = ANY(%(alerts)s) AND alert.ended_at IS NULL
  AND flag.id = alert.flag_id AND milestone.id = flag.milestone_id AND kase.id = alert.case_id
  AND (kase.state <> 'open' OR milestone.done_at IS NOT NULL OR milestone.generation <> flag.generation)
"""

TO_TELL = """
SELECT alert.id, alert.case_id, alert.level, flag.threshold, milestone.kind, customer.name,
       kase.agent_id, customer.owner_id, COALESCE(owner.team_id, agent.team_id), COALESCE(%(at)s::timestamptz, now())
FROM recovery_alert alert
JOIN recovery_flag flag ON flag.id = alert.flag_id
JOIN recovery_milestone milestone ON milestone.id = flag.milestone_id
JOIN recovery_case kase ON kase.id = alert.case_id
JOIN customers_customer customer ON customer.id = kase.customer_id
JOIN accounts_user agent ON agent.id = kase.agent_id
LEFT JOIN accounts_user owner ON owner.id = customer.owner_id
WHERE alert.id = ANY(%(alerts)s) AND alert.ended_at IS NULL
  AND alert.climbs_at <= COALESCE(%(at)s::timestamptz, now())
ORDER BY alert.id
"""


@transaction.atomic
def raise_alerts(at: datetime | None = None) -> int:
    """One running alert a case for the worst flag that wants an answer; how many are new.

    One as bad speaks for the others, a worse one ends the milder. ``at`` defaults to SQL ``now()``.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK_TO_RAISE, {"batch": BATCH * 10})
        given = {"cases": [row[0] for row in cursor.fetchall()], "at": at}
        if not given["cases"]:
            return 0
        cursor.execute(END_BEATEN, given)
        cursor.execute(RAISE, given)
        raised = cursor.rowcount
        cursor.execute(SETTLE, given)
    return int(raised)


def climb_alerts(at: datetime | None = None) -> int:
    """Tell the next rung of every alert whose time has come; how many people were told."""
    end, told = monotonic() + SWEEP_SECONDS, 0
    while monotonic() < end:
        taken, heard = _climb_some(at)
        told += heard
        if taken < BATCH:
            break
    return told


@transaction.atomic
def _climb_some(at: datetime | None) -> tuple[int, int]:
    """How many alerts were looked at, and how many people were told of them."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_TO_CLIMB, {"at": at, "batch": BATCH})
        alerts = [row[0] for row in cursor.fetchall()]
        if not alerts:
            return 0, 0
        cursor.execute(END_DONE, {"alerts": alerts, "at": at})
        cursor.execute(TO_TELL, {"alerts": alerts, "at": at})
        waiting = [Waiting(*row) for row in cursor.fetchall()]
    return len(alerts), _tell(waiting)


def _tell(waiting: list[Waiting]) -> int:
    """Tell each alert's next rung, in the app, by mail and by push; how many people were told."""
    if not waiting:
        return 0
    duty, lines, waited = duty_at(waiting[0].at), lines_of(waiting), waits()
    told: dict[int, set[int]] = {one.alert_id: set() for one in waiting}
    for alert_id, user_id in AlertNotice.objects.filter(alert__in=told).values_list("alert_id", "user_id"):
        told[alert_id].add(user_id)
    rungs = [
        (one, rules.next_rung(one.level, told=told[one.alert_id], line=lines[one.alert_id], duty=duty))
        for one in waiting
    ]
    climbing = [_climbed(one, rung, waited[rung.level], bool(told[one.alert_id])) for one, rung in rungs]
    Alert.objects.bulk_update(climbing, ["level", "climbs_at"])
    # Where nobody is there at all, nothing is said: it is tried again.
    heard = [(one, rung) for one, rung in rungs if rung.hearers or told[one.alert_id]]
    users = User.objects.in_bulk({pk for _one, rung in heard for pk in rung.hearers})
    _note(heard, users)
    return _send([Heard(one, rung, users[pk]) for one, rung in heard for pk in rung.hearers])


def _climbed(one: Waiting, rung: rules.Rung, minutes: int, was_heard: bool) -> Alert:
    """The alert on its rung; above the last it climbs no further, once anybody has heard of it."""
    ends = rung.is_last and (was_heard or bool(rung.hearers))
    return Alert(pk=one.alert_id, level=rung.level, climbs_at=None if ends else one.at + timedelta(minutes=minutes))


@dataclass(frozen=True)
class Heard:
    """Somebody hears of an alert on a rung."""

    alert: Waiting
    rung: rules.Rung
    user: User

    @property
    def why(self) -> str:
        if self.rung.is_last:
            return "Nobody is above: it climbs no further."
        return f"You hear it as {_name(self.rung)}."


def _name(rung: rules.Rung) -> str:
    return Level(rung.level).label.lower()


def _note(heard: list[tuple[Waiting, rules.Rung]], users: dict[int, User]) -> None:
    """What the timelines say."""
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case_id=one.case_id, kind=CaseEvent.Kind.ESCALATED, at=one.at, note=_event_words(one, rung, users)[:300]
        )
        for one, rung in heard
    )


def _event_words(one: Waiting, rung: rules.Rung, users: dict[int, User]) -> str:
    names = ", ".join(sorted(users[pk].name for pk in rung.hearers)) or "nobody new"
    return f"{one.what}: told {names} ({_name(rung)}){'. Nobody is above' if rung.is_last else ''}"


def _send(heard: list[Heard]) -> int:
    notices = AlertNotice.objects.bulk_create(
        AlertNotice(alert_id=one.alert.alert_id, user=one.user, level=one.rung.level, at=one.alert.at) for one in heard
    )
    notify_all(
        Notice(one.user.pk, f"{one.alert.words} {one.why}"[:300], one.alert.path, f"alert:{one.alert.alert_id}")
        for one in heard
    )
    post_mails(_mail(one) for one in heard)
    _ring(notices)
    return len(heard)


def _mail(one: Heard) -> OutboxMail:
    link = f"{settings.ORIGIN}{one.alert.path}"
    text = f"{one.alert.words}\n\n{one.why} Press “I have it”, so that it climbs no further:\n{link}\n"
    return OutboxMail(to=one.user.email, subject=one.alert.words[:200], text=text)


def _ring(notices: list[AlertNotice]) -> None:
    """Put the notices on their way to the browsers of whoever was told."""
    browsers: dict[int, list[PushSubscription]] = {}
    for one in PushSubscription.objects.filter(user__in={notice.user_id for notice in notices}):
        browsers.setdefault(one.user_id, []).append(one)
    pushes = [
        PushNotice(notice=notice, subscription=one) for notice in notices for one in browsers.get(notice.user_id, [])
    ]
    if PushNotice.objects.bulk_create(pushes):
        ring("recovery.send_pushes")
