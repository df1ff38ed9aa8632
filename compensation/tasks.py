"""Runs, worked off in the background. Each task may run twice, late, or at the same time as itself."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from redis.exceptions import RedisError

from compensation import actions
from compensation.actions import disputes
from compensation.models import ChanceDraw, Run
from compensation.models.runs import LATE_FACTS
from compensation.models.simulation import ANSWERS_READ
from firm.bell import ring
from firm.models import Firm, Job

log = structlog.get_logger(__name__)
# A database or a Valkey that is away comes back: the next bell tries again.
PASSING = (OperationalError, RedisError)
# Under Celery's task_time_limit: what is left waits for the next bell.
SWEEP = timedelta(minutes=3)
UNFINISHED = Q(state__in=["waiting", "computing"]) | Q(state="locked", issued_at=None)


@shared_task(name="compensation.go_on_with_runs")
def go_on_with_runs() -> None:
    """Take every run that nobody is at one step further after the other: read, compute, hand out."""
    end = timezone.now() + SWEEP
    for run in Run.objects.filter(UNFINISHED).select_related("plan", "year").order_by("pk"):
        while actions.go_on(run, at=timezone.now()):
            if timezone.now() > end:
                ring(actions.GO_ON)
                return
        log.info("run_gone_on", run=run.pk)


@shared_task(name="compensation.draw_chances")
def draw_chances() -> None:
    """Work off what the simulator was asked to draw; the newest asked first, for somebody is waiting."""
    waiting = ChanceDraw.objects.filter(ended_at=None).select_related("year__plan", "asked_by")
    for draw in waiting.order_by("-asked_at"):
        try:
            log.info("chance_drawn", draw=draw.pk, is_done=actions.go_on_drawing(draw, at=timezone.now()))
        except PASSING:
            raise
        except Exception:
            # Tried again it would fail again, and hold up those behind it.
            log.exception("chance_failed", draw=draw.pk)
            actions.give_up_drawing(draw, at=timezone.now())


@shared_task(name="compensation.read_answers")
def read_answers() -> None:
    """Work off what the simulator waits to have read."""
    for job in Job.objects.filter(kind=ANSWERS_READ, ended_at=None).order_by("pk"):
        try:
            log.info("answers_read", job=job.pk, is_done=actions.go_on_reading(job, at=timezone.now()))
        except PASSING:
            raise
        except Exception:
            log.exception("answers_not_read", job=job.pk)
            actions.give_up_reading(job, at=timezone.now())


@shared_task(name="compensation.remind_of_disputes")
def remind_of_disputes() -> None:
    """Tell compensation of answers that are due or late, each once."""
    if Firm.objects.filter(pk=1).exists():
        disputes.remind_of_disputes(at=timezone.now())


@shared_task(name="compensation.look_for_late_facts")
def look_for_late_facts() -> None:
    """Work off every search for late facts that nobody is at."""
    for job in Job.objects.filter(kind=LATE_FACTS, ended_at=None).order_by("pk"):
        log.info("late_facts", job=job.pk, proposed=actions.find_late_facts(job, at=timezone.now()))


@shared_task(name="compensation.remind_of_plans")
def remind_of_plans() -> None:
    """Remind whoever has not acknowledged the plan that pays them, each once a week."""
    log.info("reminded_of_plans", people=actions.remind_of_plans(at=timezone.now()))
