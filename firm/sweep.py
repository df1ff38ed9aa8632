"""One worker's pass over mails that carry a link: each claimed, its link's hash committed, then mailed, then noted.

A worker that dies in between leaves the row claimed; nobody can know whether the mail went out, so it becomes
*doubtful* and is never sent again. Nothing here stores a link.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

import structlog
from django.core.mail import EmailMessage

from firm.actions import note_mail_server
from firm.mail import Postman, Verdict
from firm.rules import token_hash

log = structlog.get_logger(__name__)

# Longer than any task may run (task_time_limit), so that no living worker is doubted.
STALE_AFTER = timedelta(minutes=10)
# Where something of our own is broken, the same mail is tried again after this long; no attempt is counted.
MENDED_AFTER = timedelta(minutes=5)
type Clock = Callable[[], datetime]


class Lane[Row](ABC):
    """Mails of one kind that wait to be sent."""

    @abstractmethod
    def is_due(self, *, at: datetime) -> bool:
        """Whether anything may go out: whether the mail server is worth calling."""

    @abstractmethod
    def claim(self, token_hash: bytes, *, at: datetime) -> Row | None:
        """Take one that nobody else holds and commit it with the hash of its link; None when none may go out now."""

    @abstractmethod
    def letter(self, row: Row, token: str) -> EmailMessage:
        """The mail with its link."""

    @abstractmethod
    def put_back(self, row: Row, *, at: datetime) -> None:
        """As if it had never been taken, but a little later: the fault is ours, and the mail was not handed over."""

    @abstractmethod
    def note(self, row: Row, verdict: Verdict, *, at: datetime) -> None:
        """Write down what became of a mail."""

    def next_turn(self, *, at: datetime) -> datetime | None:
        """When it is worth asking again in this sweep; None where it is not."""
        return None


@dataclass
class Sweep:
    """A pass over everything due, over one connection, until a moment at the latest."""

    postman: Postman
    clock: Clock
    until: datetime
    pause: Callable[[float], None] = time.sleep

    def run[Row](self, lanes: Iterable[Lane[Row]]) -> int:
        """One lane after the other; how many mails were handed over. Ends early where no server answers."""
        at = self.clock()
        due = [lane for lane in lanes if lane.is_due(at=at)]
        if not due or not self._reach():
            return 0
        note_mail_server(answers=True, at=at)
        return sum(self._drain(lane) for lane in due)

    def _reach(self) -> bool:
        """Whether the mail server answers. Asked before each claim: where it does not, nothing is claimed or marked."""
        trouble = self.postman.reach()
        if trouble is not None:
            self._give_up(trouble)
        return trouble is None

    def _give_up(self, trouble: Verdict) -> None:
        log.warning("mail_server_unreachable", error=trouble.reason)
        note_mail_server(answers=False, at=self.clock())
        self.until = self.clock()

    def _drain[Row](self, lane: Lane[Row]) -> int:
        sent = 0
        while self.clock() < self.until and self._reach():
            token = token_urlsafe(32)
            row = lane.claim(token_hash(token), at=self.clock())
            if row is not None:
                sent += self._send(lane, row, token)
            elif not self._wait_for_turn(lane):
                break
        return sent

    def _wait_for_turn[Row](self, lane: Lane[Row]) -> bool:
        """Sleep until the lane may go on; False when that is after this sweep."""
        turn = lane.next_turn(at=self.clock())
        if turn is None or turn >= self.until:
            return False
        self.pause(max(0.02, (turn - self.clock()).total_seconds()))
        return True

    def _send[Row](self, lane: Lane[Row], row: Row, token: str) -> int:
        try:
            message = lane.letter(row, token)
        except Exception:
            lane.put_back(row, at=self.clock())
            raise
        verdict = self.postman.hand_over(message)
        # A server may quote the mail, and so the link, in its refusal.
        reason = verdict.reason.replace(token, "…")[:200]
        if verdict.unreachable:
            lane.put_back(row, at=self.clock())
            self._give_up(Verdict(verdict.outcome, reason, unreachable=True))
            return 0
        lane.note(row, Verdict(verdict.outcome, reason, bounced=verdict.bounced), at=self.clock())
        return 1
