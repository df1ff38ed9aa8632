"""Who gets which status at the firm's addresses."""

from firm.models import CaughtMail, Notification
from tests.access import Access


def own_notice(request):
    """A notice of the owner: nobody else's."""
    return {"pk": Notification.objects.create(user=request.getfixturevalue("owner"), text="Look").pk}


def caught(request):
    return {"pk": CaughtMail.objects.create(to="j@a.example", sender="f@f.example", subject="S", text="T", raw="R").pk}


PERMISSIONS = {
    # 503: no worker lives in a test of permissions.
    "healthz": Access(503, anonymous=503),
    # The firm is there, so set-up is over.
    "setup": Access(404, anonymous=404),
    "notifications": Access(200),
    "read_notifications": Access(302, method="post"),
    "open_notification": Access(404, {"owner": 302}, args=own_notice),
    # The firm of the cast is no demo.
    "mailbox": Access(404, anonymous=404),
    "caught_mail": Access(404, args=caught, anonymous=404),
}
