"""When an answer is too doubtful to count before two people have looked at it, and who those people may be.

docs/algorithms/integrity.md tells it in prose, with the reasons for the numbers.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import exp

# An address changed this long before the draw, or later, may be somebody else's.
LATE = timedelta(hours=72)

BURST_WITHIN = timedelta(minutes=10)
# At most this share of those invited about a person answers in the busiest ten minutes of a round ...
BUSIEST_TEN_MINUTES = 1 / 30
# ... and a number that chance exceeds less often than this is a burst, never fewer than FEWEST_IN_BURST customers.
BY_CHANCE = 0.001
FEWEST_IN_BURST = 5

# One device for so many customers of one salesperson, or of the whole firm (mobile networks share addresses).
DEVICE_ONE_PERSON = 2
DEVICE_WHOLE_FIRM = 4

TRACES_KEPT_FOR = timedelta(days=60)
VOTES_TO_SETTLE = 2
DECIDING = frozenset({"executive", "compensation", "privacy_officer"})


@dataclass(frozen=True)
class Trace:
    """One answer as the rules see it: which response, whose, about whom, when."""

    response: int
    customer: int
    salesperson: int
    at: datetime


def changed_late(changed_at: datetime | None, *, drawn_at: datetime) -> bool:
    """Whether an address changed within 72 hours before the draw, or after it."""
    return changed_at is not None and changed_at > drawn_at - LATE


def in_domains(domain: str, own: Iterable[str]) -> bool:
    """Whether a mail domain is one of the firm's or lies below one."""
    low = domain.strip().lower().rstrip(".")
    names = (name.strip().lower().lstrip("@.") for name in own)
    return any(name and (low == name or low.endswith(f".{name}")) for name in names)


def in_networks(address: str, networks: Iterable[str]) -> bool:
    """Whether an IP address lies in one of the networks; what is no address or network never matches."""
    try:
        here = ip_address(address)
    except ValueError:
        return False
    here = getattr(here, "ipv4_mapped", None) or here
    for network in networks:
        try:
            if here in ip_network(network.strip(), strict=False):
                return True
        except ValueError:
            continue
    return False


def network_of(address: str) -> str:
    """The part of an address that stays with its owner: an IPv4 address, the first 64 bits of an IPv6 one."""
    try:
        here = ip_address(address)
    except ValueError:
        return address
    here = getattr(here, "ipv4_mapped", None) or here
    return str(here) if here.version == 4 else str(ip_network(f"{here}/64", strict=False))


def burst_size(invited: int) -> int:
    """How many customers within ten minutes are too many by chance, of ``invited`` about one person.

    The smallest k for which a Poisson count of mean invited / 30 reaches k with a chance of at most 1 in 1,000; at
    least 5.
    """
    mean = invited * BUSIEST_TEN_MINUTES
    size, term, tail = 0, exp(-mean), 1.0
    while tail > BY_CHANCE:
        tail -= term
        size += 1
        term *= mean / size
    return max(size, FEWEST_IN_BURST)


def burst(about_person: Iterable[Trace], *, new: Trace, invited: int) -> set[int]:
    """The responses of a burst that ends with ``new``, which is among them; empty when it is none.

    A customer's several contacts count once.
    """
    near = [t for t in about_person if new.at - BURST_WITHIN < t.at <= new.at] + [new]
    if len({t.customer for t in near}) < burst_size(invited):
        return set()
    return {t.response for t in near}


def shared_device(same_device: Iterable[Trace], *, new: Trace) -> set[int]:
    """The responses of one device that speaks for several customers; empty when it does not.

    Two customers of one salesperson are several, and four of the whole firm; contacts of one customer are not.
    """
    traces = [*same_device, new]
    of_person = [t for t in traces if t.salesperson == new.salesperson]
    if len({t.customer for t in traces}) >= DEVICE_WHOLE_FIRM:
        return {t.response for t in traces}
    if len({t.customer for t in of_person}) >= DEVICE_ONE_PERSON:
        return {t.response for t in of_person}
    return set()


def verdict(votes: Mapping[int, str]) -> str:
    """The verdict two people share, by who voted what; empty while they disagree or are too few."""
    given = list(votes.values())
    return next((word for word in dict.fromkeys(given) if given.count(word) >= VOTES_TO_SETTLE), "")


def may_decide(roles: Collection[str], *, user_id: int, line: Collection[int], reported_by: int | None) -> bool:
    """Whether a person decides on an answer: in a deciding role, outside the rated person's line, not the reporter.

    ``line`` holds the rated person, everybody above and everybody below.
    """
    return bool(DECIDING & set(roles)) and user_id not in line and user_id != reported_by
