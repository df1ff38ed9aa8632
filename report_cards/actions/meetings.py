"""Coaching meetings: made, moved, called off, noted; both people get a mail with the calendar file."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import notify, post_mail
from firm.queries import the_firm
from report_cards.actions.plans import Meanwhile, url_of
from report_cards.models import ActionPlan, CoachingMeeting
from report_cards.rules.calendar_file import Event, Person, calendar_file


@dataclass(frozen=True)
class When:
    """When and where people meet."""

    starts_at: datetime
    minutes: int
    place: str = ""


@transaction.atomic
def add_meeting(plan: ActionPlan, when: When, *, acting_user: User, at: datetime) -> CoachingMeeting:
    """A meeting about an open plan, made by either side; the manager is the one who makes it, else the nearest."""
    above = managers_above(plan.salesperson)
    if acting_user.pk not in {plan.salesperson_id, *above}:
        raise PermissionDenied
    if not above:
        raise ValidationError("Nobody stands above to meet with. Ask an administrator to give the team a manager.")
    if not ActionPlan.objects.open().select_for_update().filter(pk=plan.pk).exists():
        raise Meanwhile("This plan has ended meanwhile.")
    _is_free(plan, when.starts_at)
    meeting = CoachingMeeting.objects.create(
        plan=plan,
        manager_id=acting_user.pk if acting_user.pk in above else above[0],
        starts_at=when.starts_at,
        minutes=when.minutes,
        place=when.place,
        made_by=acting_user,
    )
    _tell(meeting, "planned", acting_user=acting_user, at=at)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: CoachingMeeting, when: When, *, sequence: int, acting_user: User, at: datetime
) -> CoachingMeeting:
    """Move a planned meeting. ``sequence`` is what the person saw; raises ``Meanwhile`` when it was changed since."""
    locked = _locked(meeting, acting_user, sequence=sequence)
    locked.before = {"starts_at": locked.starts_at.isoformat(), "minutes": locked.minutes, "place": locked.place}
    return _move(locked, when, acting_user=acting_user, at=at)


@transaction.atomic
def undo_change_meeting(meeting: CoachingMeeting, *, acting_user: User, at: datetime) -> CoachingMeeting:
    """Move a meeting back to where it was before its last change."""
    locked = _locked(meeting, acting_user)
    if not locked.before:
        raise Meanwhile("There is nothing to undo.")
    starts_at = parse_datetime(locked.before["starts_at"])
    assert starts_at
    was = When(starts_at, locked.before["minutes"], locked.before["place"])
    locked.before = {}
    return _move(locked, was, acting_user=acting_user, at=at)


def _is_free(plan: ActionPlan, starts_at: datetime, *, but: CoachingMeeting | None = None) -> None:
    """Raises ``Meanwhile`` when a meeting about the plan begins at that very moment already. The plan is held."""
    others = CoachingMeeting.objects.filter(plan=plan, starts_at=starts_at).exclude(pk=but.pk if but else 0)
    if others.exclude(state=CoachingMeeting.State.CANCELLED).exists():
        raise Meanwhile("A meeting is planned for that very moment already.")


def _move(meeting: CoachingMeeting, when: When, *, acting_user: User, at: datetime) -> CoachingMeeting:
    _is_free(meeting.plan, when.starts_at, but=meeting)
    meeting.starts_at, meeting.minutes, meeting.place = when.starts_at, when.minutes, when.place
    meeting.sequence += 1
    meeting.save(update_fields=["starts_at", "minutes", "place", "before", "sequence"])
    _tell(meeting, "moved", acting_user=acting_user, at=at)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: CoachingMeeting, *, acting_user: User, at: datetime) -> CoachingMeeting:
    """Call a planned meeting off; calendars take it out."""
    return _turn(meeting, CoachingMeeting.State.CANCELLED, "called off", acting_user=acting_user, at=at)


@transaction.atomic
def restore_meeting(meeting: CoachingMeeting, *, acting_user: User, at: datetime) -> CoachingMeeting:
    """A meeting that was called off takes place after all."""
    return _turn(meeting, CoachingMeeting.State.PLANNED, "planned again", acting_user=acting_user, at=at)


def _turn(
    meeting: CoachingMeeting, state: CoachingMeeting.State, words: str, *, acting_user: User, at: datetime
) -> CoachingMeeting:
    planned, cancelled = CoachingMeeting.State.PLANNED, CoachingMeeting.State.CANCELLED
    locked = _locked(meeting, acting_user, state=planned if state == cancelled else cancelled)
    if state == planned:
        _is_free(locked.plan, locked.starts_at, but=locked)
    locked.state, locked.sequence = state, locked.sequence + 1
    locked.save(update_fields=["state", "sequence"])
    _tell(locked, words, acting_user=acting_user, at=at)
    return locked


@transaction.atomic
def note_meeting(
    meeting: CoachingMeeting, *, notes: str, sequence: int, acting_user: User, at: datetime
) -> CoachingMeeting:
    """What was said at a meeting that took place; a manager above writes it, and may write it anew."""
    locked = _locked(meeting, acting_user, state=None, sequence=sequence)
    if acting_user.pk == locked.plan.salesperson_id:
        raise PermissionDenied
    if locked.state == CoachingMeeting.State.CANCELLED or locked.starts_at > at:
        raise Meanwhile("This meeting has not taken place.")
    locked.state, locked.notes, locked.sequence = CoachingMeeting.State.HELD, notes, locked.sequence + 1
    locked.save(update_fields=["state", "notes", "sequence"])
    words = f"{acting_user.name} noted what you agreed at your coaching meeting."
    key = f"meeting-noted-{locked.pk}-{locked.sequence}"
    notify(locked.plan.salesperson, words, url=url_of(locked.plan), key=key)
    return locked


def _locked(
    meeting: CoachingMeeting,
    user: User,
    *,
    state: str | None = CoachingMeeting.State.PLANNED,
    sequence: int | None = None,
) -> CoachingMeeting:
    """The meeting as it is now, for one of the two or a manager above, in the ``state`` and ``sequence`` they saw."""
    related = CoachingMeeting.objects.select_related("plan__salesperson", "plan__behaviour", "manager")
    # With its plan: two meetings about one plan are moved one after the other.
    locked = related.select_for_update(of=("self", "plan")).get(pk=meeting.pk)
    if user.pk not in {locked.plan.salesperson_id, *managers_above(locked.plan.salesperson)}:
        raise PermissionDenied
    if (state and locked.state != state) or (sequence is not None and locked.sequence != sequence):
        raise Meanwhile("Somebody changed this meeting meanwhile. Here it is as it stands now.")
    return locked


def event_of(meeting: CoachingMeeting, *, at: datetime) -> Event:
    """The meeting for a calendar; it says who meets, never about which behaviour."""
    person, manager = meeting.plan.salesperson, meeting.manager
    url = settings.ORIGIN + url_of(meeting.plan)
    host = settings.ORIGIN.partition("://")[2].partition(":")[0]
    return Event(
        uid=f"{meeting.uid}@{host}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=at,
        summary=f"{manager.name} and {person.name}",
        description=f"What the two of you agreed stands here: {url}",
        url=url,
        place=meeting.place,
        organizer=Person(manager.name, manager.email),
        attendees=(Person(person.name, person.email), Person(manager.name, manager.email)),
        is_cancelled=meeting.state == CoachingMeeting.State.CANCELLED,
    )


def _tell(meeting: CoachingMeeting, words: str, *, acting_user: User, at: datetime) -> None:
    """A mail with the calendar file to both, each in their own zone; the other one's bell rings. Not about the past."""
    if meeting.starts_at < at:
        return
    event = event_of(meeting, at=at)
    file = {"name": "meeting.ics", "type": f"text/calendar; method={event.method}", "text": calendar_file(event)}
    for person, other in _both(meeting):
        zone = zoneinfo.ZoneInfo(person.zone or the_firm().zone)
        time = f"{meeting.starts_at.astimezone(zone):%A %-d %B, %H:%M %Z}"
        place = f", {meeting.place}" if meeting.place else ""
        post_mail(
            to=person.email,
            subject=f"Your meeting with {other.name}: {words}",
            text=(
                f"Hello {person.name},\n\nthe meeting on {time} ({meeting.minutes} minutes{place}) is {words}.\n"
                f"The calendar file is attached. What it is about:\n{settings.ORIGIN}{url_of(meeting.plan)}\n"
            ),
            attachments=[file],
        )
        if person.pk != acting_user.pk:
            said = f"Your meeting with {other.name} on {time} is {words}."
            key = f"meeting-{meeting.pk}-{meeting.sequence}"
            notify(person, said[:300], url=reverse("action_plan", args=[meeting.plan_id]), key=key)


def _both(meeting: CoachingMeeting) -> tuple[tuple[User, User], tuple[User, User]]:
    person, manager = meeting.plan.salesperson, meeting.manager
    return (person, manager), (manager, person)
