"""How fast mail goes to whom, and how long a refusal that may pass is tried again."""

from datetime import datetime, timedelta

# How long a mail is tried again that is refused for now.
TRIED_FOR = timedelta(hours=48)

# Mails a minute to the big public mailboxes, until an administrator says otherwise. No provider prints a number for
# every sender: these are cautious ones of ours, and to be raised when nothing is refused.
PACES = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), 600),
    **dict.fromkeys(("outlook.com", "hotmail.com", "hotmail.fr", "live.com", "msn.com"), 300),
    **dict.fromkeys(("yahoo.com", "yahoo.fr", "ymail.com", "aol.com"), 300),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), 300),
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de"), 120),
    **dict.fromkeys(("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net"), 120),
}


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the ``attempts``-th refusal that may pass: 5 minutes, doubled up to 6 hours."""
    return min(timedelta(minutes=5 * (1 << min(max(0, attempts - 1), 10))), timedelta(hours=6))


def retry_at(*, attempts: int, first_tried_at: datetime, at: datetime) -> datetime | None:
    """When to try again after a refusal of this moment; the last time 48 hours after the first; None from then on."""
    last = first_tried_at + TRIED_FOR
    return None if at >= last else min(at + retry_delay(attempts), last)
