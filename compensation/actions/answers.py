"""Reading the answers the simulator pays by, where they are too many to read while somebody waits."""

from datetime import date, datetime
from itertools import batched

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.models import PlanYear
from compensation.models.simulation import ANSWERS_READ
from compensation.queries import past_year, voices
from firm.actions import end_job
from firm.bell import ring
from firm.models import Job

READ = "compensation.read_answers"
# People between two words on how far it is.
BATCH = 50
FAILED = "They could not be read; whoever runs this installation finds the reason in the log. Read them again."


@transaction.atomic
def read_answers(year: PlanYear, *, today: date, acting_user: User, at: datetime) -> Job:
    """Have the worker read what customers said of everybody a plan year would pay; the reading under way, if any."""
    if not rules.may_see_plans(acting_user.roles):
        raise PermissionDenied
    under_way = past_year.readings_of(year).filter(ended_at=None).first()
    if under_way is not None:
        return under_way
    asked = {"year": year.pk, "today": today.isoformat()}
    job = Job.objects.create(kind=ANSWERS_READ, result=asked, made_by=acting_user, made_at=at)
    ring(READ)
    return job


def go_on_reading(job: Job, *, at: datetime) -> bool:
    """Read what is left, some people at a time. Killed, it goes on where it was.

    False where it ended meanwhile, or another worker is at it.
    """
    year = PlanYear.objects.select_related("plan").get(pk=job.result["year"])
    today = date.fromisoformat(job.result["today"])
    wanted = past_year.wanted_by(past_year.payments_of(year, past_year.mix_of(year), today=today))
    for some in batched(wanted[job.done :], BATCH):
        voices.keep(voices.read(some), at=at)
        as_it_was = Job.objects.filter(pk=job.pk, ended_at=None, done=job.done)
        job.done += len(some)
        if not as_it_was.update(state=Job.State.RUNNING, done=job.done, total=len(wanted)):
            return False
    end_job(job, at=at, result=job.result)
    return True


def give_up_reading(job: Job, *, at: datetime) -> None:
    """End a reading that raised what nobody expected; the page says so and offers it again."""
    end_job(job, at=at, result=job.result, failed=FAILED)
