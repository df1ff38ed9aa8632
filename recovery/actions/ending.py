"""What silences an alert beside somebody taking it. The caller holds the case's lock."""

from datetime import datetime

from django.db.models import F

from recovery.models import Alert, Case, Flag, Milestone


def end_alert_of(case: Case, kind: str, at: datetime) -> None:
    """A milestone is done, or due at another time: its alert ends, and what it spoke for besides wants its own."""
    running = Alert.objects.running().filter(case=case, flag__milestone__kind=kind).first()
    if running:
        Alert.objects.filter(pk=running.pk).update(ended_at=at)
        live = Flag.objects.filter(milestone__done_at=None, generation=F("milestone__generation"), alert=None)
        Flag.objects.filter(pk__in=live.filter(spoken_for=running).exclude(milestone__kind=kind).values("pk")).update(
            wants_answer=True
        )


def end_alerts(case: Case, at: datetime) -> None:
    """The case is closed."""
    Alert.objects.running().filter(case=case).update(ended_at=at)


def resume_alert(step: Milestone, at: datetime) -> None:
    """A tick was taken back: the alert it had ended goes on, unless another runs."""
    if not Alert.objects.running().filter(case=step.case_id).exists():
        ended = Alert.objects.filter(flag__milestone=step, flag__generation=step.generation, taken_at=None)
        last = ended.order_by("-pk").first()
        if last:
            Alert.objects.filter(pk=last.pk).update(ended_at=None, climbs_at=at)
