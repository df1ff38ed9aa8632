"""Customers who answer: each likes the person more or less, has a view of each behaviour, and has good and bad months.

A customer finds a behaviour good when a sum of four independent normal parts stays under a threshold that makes the
share exactly ``share`` over all customers there could be (a probit model with random effects):

- what the customer thinks of the person: moves every behaviour, in every month;
- what the customer thinks of one behaviour: moves it in every month;
- the month: moves every behaviour at once;
- the moment.

A customer answers in 45 of 100 months at random, and always after two silent ones: whoever counts in one quarter counts
in every quarter, so a table can say “25 customers” and mean it.
"""

from collections.abc import Iterator, Sequence
from math import sqrt
from random import Random
from statistics import NormalDist

# Parts of the variance: the person, the behaviour, the month; the rest is the moment.
OF_PERSON, OF_BEHAVIOUR, OF_MONTH = 0.35, 0.15, 0.10
ANSWERS = 0.45

# One customer: for each behaviour what was said in each month: True good, False not, None nothing.
Said = list[list[bool | None]]


def thresholds(shares: Sequence[float]) -> list[float]:
    """Under which value an answer is good, so that the share comes out right."""
    return [NormalDist().inv_cdf(share) for share in shares]


def customer(random: Random, months: Sequence[Sequence[float]]) -> Said:
    """What one customer says; ``months`` holds each month's thresholds, one a behaviour."""
    gauss, behaviours = random.gauss, range(len(months[0]))
    person = gauss(0, sqrt(OF_PERSON))
    views = [person + gauss(0, sqrt(OF_BEHAVIOUR)) for _ in behaviours]
    moment = sqrt(1 - OF_PERSON - OF_BEHAVIOUR - OF_MONTH)
    said: Said = [[None] * len(months) for _ in behaviours]
    for month in answered(random, len(months)):
        mood = gauss(0, sqrt(OF_MONTH))
        limits = months[month]
        for b in behaviours:
            said[b][month] = views[b] + mood + gauss(0, moment) < limits[b]
    return said


def answered(random: Random, months: int) -> Iterator[int]:
    """The months in which a customer answers: never three silent ones in a row."""
    silent = random.randrange(3)
    for month in range(months):
        if silent >= 2 or random.random() < ANSWERS:
            silent = 0
            yield month
        else:
            silent += 1
