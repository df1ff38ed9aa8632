"""When a mail may go out: on the receiver's clock, between two times of day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_in_window(at: datetime, zone: ZoneInfo, start: time, until: time) -> datetime:
    """The first moment from ``at`` on whose time of day in ``zone`` is ``start`` or later and before ``until``.

    ``start`` is before ``until``, both without a zone. A time of day that a clock skips is read as in RFC 5545 (3.3.5):
    as if the clock were changed after it; a day that has no moment of the window is passed over.
    """
    if start <= at.astimezone(zone).time() < until:
        return at
    day = at.astimezone(zone).date()
    while True:
        for fold in (0, 1):
            moment = datetime.combine(day, start, tzinfo=zone).replace(fold=fold).astimezone(UTC)
            local = moment.astimezone(zone)
            if moment >= at and local.date() == day and start <= local.time() < until:
                return moment
        day += timedelta(days=1)
