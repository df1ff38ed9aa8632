"""What the beat wakes."""

from celery import shared_task

from recovery import actions


@shared_task(name="recovery.flag_due")
def flag_due() -> None:
    """Flag what falls due, then tell people; either half may run twice, late or at the same time as itself."""
    actions.flag_due()
    actions.tell_flags()
