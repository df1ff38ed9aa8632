"""How long a customer needs to answer a card. An estimate, to keep cards short; nothing else hangs on it.

Reading: 238 words a minute, the mean of silent reading of non-fiction in English over 190 studies (Brysbaert 2019,
“How many words do we read per minute?”, Journal of Memory and Language 109); French is taken as equally fast.
Choosing a word: thinking 1.35 s, moving there 1.1 s, pressing 0.2 s (the operators M, P and B of the keystroke-level
model: Card, Moran and Newell 1980, Communications of the ACM 23). Sending needs no thought.

Assumed is a customer who has answered before: the questions are read, the scale and the notes are known, nothing is
written into the comment fields, and the once-a-quarter question is left out.
"""

from collections.abc import Iterable
from math import ceil

WORDS_A_SECOND = 238 / 60
CHOICE_SECONDS = 1.35 + 1.1 + 0.2
SEND_SECONDS = 1.1 + 0.2
# “Did what we sold you fit what you needed?”, which stands on every page.
FIT_WORDS = 9
# Half a minute is what the page promises the customer.
LONGEST = 30


def seconds_to_answer(questions: Iterable[str]) -> int:
    """Estimated seconds from the first question to Send, rounded up; 0 for no question."""
    words = [len(question.split()) for question in questions]
    if not words:
        return 0
    reading = (sum(words) + FIT_WORDS) / WORDS_A_SECOND
    return ceil(reading + (len(words) + 1) * CHOICE_SECONDS + SEND_SECONDS)
