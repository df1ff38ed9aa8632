"""Taking the next mail that may go out: one statement, which commits before any SMTP.

Any number of workers take from the same rows and never wait for each other (SKIP LOCKED). The statement also writes the
hash of the new link, so whatever happens afterwards the row tells. A suppressed address, a round that is over and a
zone where it is night are passed over. Domains with a pace are taken one at a time, holding the domain's row.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from report_cards import rules
from report_cards.models import Invitation, InvitationToken, Round

Purpose = InvitationToken.Purpose
# A domain whose turn another worker took is asked about again after this long.
LOOK_AGAIN = timedelta(seconds=1)
# While only domains with a pace have mail, the others are looked for this seldom: it means looking past all of that.
LOOK_FURTHER = timedelta(seconds=5)
FIRST = (datetime(1, 1, 1, tzinfo=UTC), 0)

DUE = """
    i.round_id = %(round)s AND i.due_at <= %(at)s AND i.zone <> ALL(%(shut)s)
    AND EXISTS (SELECT FROM report_cards_round r
        WHERE r.id = %(round)s AND r.closed_at IS NULL AND r.closes_at > %(at)s)
    AND NOT EXISTS (SELECT FROM firm_suppression s WHERE lower(s.address) = lower(i.address))
"""
# What is due, by what it is ordered, and what a claim changes.
KINDS = {
    Purpose.INVITATION: (
        "i.state = 'waiting'" + " AND " + DUE,
        "due_at",
        "state = 'sending', claimed_at = %(at)s",
    ),
    Purpose.REMINDER: (
        "i.state IN ('sent', 'doubtful') AND i.reminded_at IS NULL AND i.claimed_at <= %(asked_by)s"
        " AND i.declined_at IS NULL"
        " AND NOT EXISTS (SELECT FROM report_cards_response a WHERE a.invitation_id = i.id) AND " + DUE,
        "claimed_at",
        "reminded_at = %(at)s",
    ),
}
FREE = """
WITH next AS (
    SELECT i.id FROM report_cards_invitation i
    WHERE {due} AND i.domain <> ALL(%(paced)s) AND (i.{key}, i.id) > (%(since)s, %(after)s)
    ORDER BY i.{key}, i.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)"""
PACED = """
WITH pace AS (
    SELECT p.domain, p.per_minute FROM report_cards_mailpace p
    WHERE p.domain = ANY(%(ready)s) AND p.next_at <= %(at)s
        AND EXISTS (SELECT FROM report_cards_invitation i WHERE i.domain = p.domain AND {due})
    ORDER BY p.next_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
), next AS (
    SELECT i.id FROM report_cards_invitation i WHERE i.domain = (SELECT domain FROM pace) AND {due}
    ORDER BY i.{key}, i.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
    UPDATE report_cards_mailpace p SET next_at = %(at)s + interval '1 minute' / p.per_minute
    FROM pace WHERE p.domain = pace.domain AND EXISTS (SELECT FROM next)
)"""
CLAIM = """, minted AS (
    INSERT INTO report_cards_invitationtoken (invitation_id, token_hash, purpose, minted_at)
    SELECT id, %(hash)s, %(purpose)s, %(at)s FROM next
)
UPDATE report_cards_invitation i
SET {changes}, attempts = i.attempts + 1, first_tried_at = coalesce(i.first_tried_at, %(at)s)
FROM next WHERE i.id = next.id RETURNING i.*
"""
IS_DUE = "SELECT EXISTS (SELECT FROM report_cards_invitation i WHERE {due})"
NEXT_TURN = """
SELECT min(p.next_at) FROM report_cards_mailpace p WHERE p.domain = ANY(%(paced)s)
    AND EXISTS (SELECT FROM report_cards_invitation i WHERE i.domain = p.domain AND {due})
"""


@dataclass
class Queue:
    """Where a worker stands among a round's invitations, or its reminders.

    ``paces`` are the mails a minute of the domains that have a pace; ``shut`` the zones where no mail goes out now.
    """

    round: Round
    purpose: Purpose
    paces: dict[str, int]
    shut: Collection[str]
    looks: dict[str, datetime] = field(default_factory=dict)
    last: tuple[datetime, int] = FIRST
    free_from: datetime = FIRST[0]

    def claim(self, token_hash: bytes, *, at: datetime) -> Invitation | None:
        """Take one row nobody else holds; None when nothing may go out at this moment."""
        ready = [domain for domain in self.paces if self.looks.get(domain, at) <= at]
        if ready and (found := self._take(PACED, token_hash, at, ready=ready)):
            self.looks[found.domain] = at + timedelta(minutes=1) / self.paces[found.domain]
            return found
        self.looks |= dict.fromkeys(ready, at + LOOK_AGAIN)
        return self._claim_free(token_hash, at) if self.free_from <= at else None

    def _claim_free(self, token_hash: bytes, at: datetime) -> Invitation | None:
        """The next one of a domain without a pace, from where this worker stands, then from the beginning."""
        found = self._take(FREE, token_hash, at)
        if found is None and self.last != FIRST:
            # What came in behind: retries, decided addresses.
            self.last = FIRST
            found = self._take(FREE, token_hash, at)
        if found is None:
            self.free_from = at + LOOK_FURTHER
        else:
            self.last = (found.due_at if self.purpose == Purpose.INVITATION else found.claimed_at or at, found.pk)
        return found

    def is_due(self, *, at: datetime) -> bool:
        """Whether anything may go out, pace aside: whether the mail server is worth calling. One query."""
        due, _key, _changes = KINDS[self.purpose]
        with connection.cursor() as cursor:
            cursor.execute(IS_DUE.format(due=due), self._facts(at))
            return bool(cursor.fetchone()[0])

    def next_turn(self, *, at: datetime) -> datetime | None:
        """When the next domain that still has mail may be written to; None where none has any. One query."""
        if not self.paces:
            return None
        due, _key, _changes = KINDS[self.purpose]
        with connection.cursor() as cursor:
            cursor.execute(NEXT_TURN.format(due=due), self._facts(at))
            turn: datetime | None = cursor.fetchone()[0]
        return turn

    def _take(self, lane: str, token_hash: bytes, at: datetime, **facts: Any) -> Invitation | None:
        due, key, changes = KINDS[self.purpose]
        given = {**self._facts(at), "hash": token_hash, **facts}
        for found in Invitation.objects.raw((lane + CLAIM).format(due=due, key=key, changes=changes), given):
            found.round = self.round
            return found
        return None

    def _facts(self, at: datetime) -> dict[str, Any]:
        return {
            "at": at,
            "round": self.round.pk,
            "shut": list(self.shut),
            "paced": list(self.paces),
            "asked_by": at - rules.REMIND_AFTER,
            "purpose": self.purpose.value,
            "since": self.last[0],
            "after": self.last[1],
        }
