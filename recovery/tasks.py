"""What the beat wakes."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from firm.mail import postman
from firm.models import Firm
from firm.sweep import Sweep
from recovery import actions
from recovery.models import AlertNotice
from recovery.push import deliver

# Short, so that other tasks of the same workers get their turn.
ASK_FOR = timedelta(seconds=20)


@shared_task(name="recovery.flag_due")
def flag_due() -> None:
    """The tick: flag what falls due, let alerts climb, tell people. Each may run twice, late or beside itself."""
    actions.flag_due()
    actions.raise_alerts()
    actions.climb_alerts()
    actions.tell_flags()
    actions.note_tick()


@shared_task(name="recovery.ask_due")
def ask_due() -> None:
    """Ask after closed cases: decide whom, then mail over one connection."""
    at = timezone.now()
    if Firm.objects.exists():
        actions.tidy_asking(at=at)
        with postman() as person:
            Sweep(person, clock=timezone.now, until=at + ASK_FOR).run([actions.questions(at=at)])


@shared_task(name="recovery.note_renewals")
def note_renewals() -> None:
    """Tell from the orders which customers stayed after a case and which did not."""
    at = timezone.now()
    while Firm.objects.exists() and actions.note_renewals(at=at):
        pass


@shared_task(name="recovery.send_pushes")
def send_pushes() -> None:
    """Ring the browsers of whoever was told: claimed one by one, sent outside any transaction."""
    end = timezone.now() + ASK_FOR
    while timezone.now() < end and (push := actions.claim_push(at=timezone.now())):
        if actions.is_worth_sending(push, at=timezone.now()):
            actions.settle_push(push, deliver(push.subscription, words_of(push.notice)), at=timezone.now())


def words_of(notice: AlertNotice) -> dict[str, str]:
    """What a browser shows: what is late, never for whom, nor anything they told us."""
    alert = notice.alert
    body = "Press to say that you have it."
    return {"title": f"OOPS! {alert.what}", "body": body, "url": alert.get_absolute_url(), "tag": f"alert-{alert.pk}"}
