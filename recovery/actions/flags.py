"""The tick: flagging what falls due, and telling people, once each."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from accounts.models import User
from firm.actions import notify, post_mail
from firm.models import Heartbeat, Notification
from recovery import rules
from recovery.models import AlertNotice, Case, Flag

# One statement on the database's clock. It looks at milestones whose next threshold has come, however long ago, takes
# them and their open cases by row locks (what a person or another tick holds is left for the next minute, what has just
# been closed is dropped), writes one flag a threshold reached and notes when to look again.
FLAG_DUE = """
WITH clock AS (SELECT COALESCE(%(at)s::timestamptz, now()) AS at),
threshold (name, ahead) AS (
    VALUES ('24h', interval '86400 s'), ('12h', interval '43200 s'), ('4h', interval '14400 s'),
           ('1h', interval '3600 s'), ('overdue', interval '0 s')
),
due AS MATERIALIZED (
    SELECT milestone.id, milestone.due_at, milestone.generation
    FROM recovery_milestone milestone
    JOIN recovery_case kase ON kase.id = milestone.case_id
    WHERE milestone.flag_at IS NOT NULL AND milestone.flag_at <= COALESCE(%(at)s::timestamptz, now())
      AND milestone.done_at IS NULL AND kase.state = 'open'
    FOR UPDATE OF milestone SKIP LOCKED
    FOR SHARE OF kase SKIP LOCKED
),
flagged AS (
    INSERT INTO recovery_flag (milestone_id, threshold, generation, at, noticed, wants_answer)
    SELECT due.id, threshold.name, due.generation, clock.at, false, threshold.name IN ('1h', 'overdue')
    FROM due CROSS JOIN threshold CROSS JOIN clock
    WHERE due.due_at - threshold.ahead <= clock.at
    ON CONFLICT (milestone_id, threshold, generation) DO NOTHING
    RETURNING id
),
looked AS (
    UPDATE recovery_milestone
    SET flag_at = (
        SELECT min(recovery_milestone.due_at - threshold.ahead) FROM threshold, clock
        WHERE recovery_milestone.due_at - threshold.ahead > clock.at
    )
    WHERE id = ANY(ARRAY(SELECT id FROM due))
)
SELECT count(*) FROM flagged
"""


def flag_due(at: datetime | None = None) -> int:
    """Flag every threshold reached in open cases, once; returns how many are new. ``at`` defaults to SQL ``now()``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLAG_DUE, {"at": at})
        return int(cursor.fetchone()[0])


def tell_flags() -> int:
    """Tell people of the flags nobody was told of yet; returns how many notices went out.

    A worker may die anywhere in it: a case's flags are marked in the transaction that writes its notices and mails.
    """
    waiting = Case.objects.open().filter(milestones__flags__noticed=False).order_by("pk").distinct()
    return sum(_tell_case(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell_case(pk: int) -> int:
    case = Case.objects.open().select_for_update(of=["self"], skip_locked=True).select_related("customer").filter(pk=pk)
    for locked in case:
        if _alert_comes_first(locked):
            return 0
        flags = list(Flag.objects.filter(milestone__case=locked, noticed=False).select_related("milestone"))
        live = [flag for flag in flags if _is_live(flag)]
        Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(noticed=True)
        if live:
            return _tell_worst(locked, max(live, key=lambda flag: (flag.generation, rules.badness(flag.threshold))))
    return 0


def _alert_comes_first(case: Case) -> bool:
    """An alert is still to be raised or told: whoever it tells need not be told by the flag, too. A minute later."""
    wanted = Flag.objects.filter(milestone__case=case, wants_answer=True)
    return wanted.exists() or case.alerts.running().filter(level=None).exists()


def _is_live(flag: Flag) -> bool:
    """Whether the flagged milestone is still undone and its due time unchanged."""
    return flag.milestone.done_at is None and flag.generation == flag.milestone.generation


def _tell_worst(case: Case, flag: Flag) -> int:
    words = rules.THRESHOLD_WORDS[flag.threshold]
    text = f"OOPS! at {case.customer.name}: {flag.milestone.get_kind_display().lower()} {words}."
    worse = [_key(case, flag.generation, threshold) for threshold in rules.as_bad(flag.threshold)]
    heard = set(Notification.objects.filter(key__in=worse).values_list("user_id", flat=True))
    alerted = AlertNotice.objects.filter(alert__case=case, alert__flag__threshold__in=rules.as_bad(flag.threshold))
    heard |= set(alerted.filter(alert__flag__generation__gte=flag.generation).values_list("user_id", flat=True))
    hearers = [user for user in hearers_of(case) if user.pk not in heard]
    for user in hearers:
        _tell(user, case, text, key=worse[0])
    return len(hearers)


def _key(case: Case, generation: int, threshold: str) -> str:
    return f"case:{case.pk}:{generation}:{threshold}"


def _tell(user: User, case: Case, text: str, *, key: str) -> None:
    path = case.get_absolute_url()
    notify(user, text, url=path, key=key)
    post_mail(to=user.email, subject=text[:200], text=f"{text}\n\n{settings.ORIGIN}{path}\n")


def hearers_of(case: Case) -> list[User]:
    """The agent and the owner, who is active. Everybody else hears of alerts, by the ladder."""
    return list(User.objects.active().filter(pk__in=[pk for pk in (case.agent_id, case.customer.owner_id) if pk]))


def note_tick() -> None:
    """The whole tick is done, by the database's clock: pages and ``/healthz`` say so when this grows old."""
    Heartbeat.objects.update_or_create(name=Heartbeat.TICK, defaults={"at": Now()})
