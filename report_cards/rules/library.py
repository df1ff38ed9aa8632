"""Behaviours to choose from when a card is made. What is taken from here may be reworded; its key stays.

A question is one sentence about what the customer has seen, not about a character; it starts with the verb, because the
page's heading says who is meant, and because the language then needs no he or she. The targets are where a firm may
begin; habits that are rare in sales begin lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Suggestion:
    """A behaviour worth judging; ``why`` tells the designer what it is good for, ``target`` is a share."""

    measure: str
    key: str
    name: str
    question: str
    french: str
    why: str
    target: Decimal = Decimal("0.80")


LIBRARY: Sequence[Suggestion] = (
    Suggestion(
        "relationship",
        "listening",
        "Listening",
        "Hears me out before offering anything.",
        "M’écoute jusqu’au bout avant de proposer.",
        "The first thing customers miss, and the first they notice when it changes.",
    ),
    Suggestion(
        "relationship",
        "empathising",
        "Empathising",
        "Understands what a problem means for us.",
        "Comprend ce qu’un problème représente pour nous.",
        "Whether a worry is taken as seriously as it is felt.",
    ),
    Suggestion(
        "relationship",
        "follow-up",
        "Follow-up",
        "Gets back to me without being chased.",
        "Revient vers moi sans relance.",
        "Silence after a sale costs more customers than price.",
    ),
    Suggestion(
        "relationship",
        "keeping-promises",
        "Keeping promises",
        "Does what was promised, when it was promised.",
        "Tient ses promesses, et dans les délais.",
        "Small promises count most: a call back, a sample, a date.",
        Decimal("0.85"),
    ),
    Suggestion(
        "relationship",
        "consultation",
        "Consultation",
        "Helps me decide instead of pushing a product.",
        "M’aide à décider au lieu de pousser un produit.",
        "Tells an adviser from a seller.",
    ),
    Suggestion(
        "relationship",
        "internal-advocacy",
        "Internal advocacy",
        "Stands up for us inside the company.",
        "Défend nos intérêts au sein de son entreprise.",
        "Who speaks for the customer when the customer is not in the room.",
        Decimal("0.75"),
    ),
    Suggestion(
        "relationship",
        "honesty",
        "Honesty",
        "Tells me plainly what will not work.",
        "Me dit franchement ce qui ne marchera pas.",
        "Bad news told early is what trust is made of.",
    ),
    Suggestion(
        "relationship",
        "owning-mistakes",
        "Owning mistakes",
        "Admits what went wrong and puts it right.",
        "Reconnaît ce qui a mal tourné et le répare.",
        "Goes with the recovery of an OOPS.",
    ),
    Suggestion(
        "relationship",
        "availability",
        "Being there",
        "Is within reach when it matters.",
        "Est joignable quand c’est important.",
        "Not always, but when it counts.",
    ),
    Suggestion(
        "relationship",
        "preparation",
        "Preparation",
        "Comes prepared and makes good use of my time.",
        "Prépare nos rendez-vous et respecte mon temps.",
        "Respect that can be seen within five minutes.",
    ),
    Suggestion(
        "relationship",
        "clear-words",
        "Clear words",
        "Explains things so that they are easy to grasp.",
        "Explique les choses simplement.",
        "For firms whose products need explaining.",
    ),
    Suggestion(
        "relationship",
        "someone-elses-solution",
        "Someone else’s solution",
        "Points me elsewhere when that serves me better.",
        "M’oriente ailleurs quand cela me sert mieux.",
        "The rarest habit in sales, and the one that is never forgotten.",
        Decimal("0.65"),
    ),
    Suggestion(
        "relationship",
        "thinking-ahead",
        "Thinking ahead",
        "Warns me of trouble before I run into it.",
        "Me prévient d’un problème avant qu’il n’arrive.",
        "Shows whether the salesperson knows the customer’s calendar.",
        Decimal("0.70"),
    ),
    Suggestion(
        "relationship",
        "bringing-people",
        "Bringing people together",
        "Introduces me to people who are useful to me.",
        "Me présente des personnes qui me sont utiles.",
        "For firms that live by their network.",
        Decimal("0.65"),
    ),
    Suggestion(
        "secret_gathering",
        "asks-about-my-world",
        "Asks about my world",
        "Asks about my world before talking about products.",
        "S’intéresse à mon univers avant de parler de produits.",
        "The beginning of every secrets manual.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "listens-more-than-tells",
        "Listens more than tells",
        "Listens more and talks less when we meet.",
        "Écoute davantage et parle moins lors de nos rencontres.",
        "Who talks most of the time learns least.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "remembers-what-i-said",
        "Remembers what I said",
        "Remembers what I said the last time.",
        "Se souvient de ce que j’ai dit.",
        "Tells whether what was heard was also written down.",
        Decimal("0.80"),
    ),
    Suggestion(
        "secret_gathering",
        "good-questions",
        "Good questions",
        "Asks questions that make me think.",
        "Pose des questions qui me font réfléchir.",
        "Any list can be read out; a good question has to be found.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "asks-one-more",
        "Asks one more",
        "Asks on, instead of settling for my first answer.",
        "Va plus loin que ma première réponse.",
        "The second answer is usually the true one.",
        Decimal("0.70"),
    ),
    Suggestion(
        "secret_gathering",
        "knows-our-goals",
        "Knows our goals",
        "Knows what we want to achieve this year.",
        "Sait ce que nous voulons atteindre cette année.",
        "The dream of the organisation, in one question.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "knows-our-worries",
        "Knows our worries",
        "Knows what keeps me awake at night.",
        "Sait ce qui m’empêche de dormir.",
        "Cash, quality, people: what is told only to somebody trusted.",
        Decimal("0.70"),
    ),
    Suggestion(
        "secret_gathering",
        "sees-the-person",
        "Sees the person",
        "Takes an interest in me, not only in my orders.",
        "S’intéresse à moi, pas seulement à mes commandes.",
        "People buy from people who see them.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "uses-what-is-known",
        "Uses what is known",
        "Surprises me with things that fit me.",
        "Me surprend par des attentions qui me ressemblent.",
        "A secret that is never used delights nobody.",
        Decimal("0.65"),
    ),
    Suggestion(
        "secret_gathering",
        "discretion",
        "Discretion",
        "Keeps to themselves what I say in confidence.",
        "Garde pour soi ce que je confie.",
        "Without it nobody tells anything twice.",
        Decimal("0.90"),
    ),
    Suggestion(
        "secret_gathering",
        "knows-our-business",
        "Knows our business",
        "Understands how our business makes its money.",
        "Comprend comment notre entreprise gagne sa vie.",
        "Takes homework, and customers can tell.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "notices-change",
        "Notices change",
        "Notices when something has changed for us.",
        "Remarque quand quelque chose change chez nous.",
        "Keeps a manual fresh: what was true last year may be wrong today.",
        Decimal("0.70"),
    ),
    Suggestion(
        "secret_gathering",
        "speaks-my-language",
        "Speaks my language",
        "Talks in my words rather than in jargon.",
        "Parle avec mes mots plutôt qu’en jargon.",
        "Whoever listened uses the customer’s own words.",
        Decimal("0.75"),
    ),
    Suggestion(
        "secret_gathering",
        "asks-whom-else",
        "Knows who decides",
        "Knows who matters here and how we decide.",
        "Sait qui compte chez nous et comment nous décidons.",
        "For organisations where many have a say.",
        Decimal("0.70"),
    ),
)
BY_KEY = {suggestion.key: suggestion for suggestion in LIBRARY}


@dataclass(frozen=True)
class Starter:
    """A whole card to begin with: keys of the library in their order, with weights in basis points."""

    key: str
    name: str
    why: str
    weights: Sequence[tuple[str, int]]


STARTERS: Sequence[Starter] = (
    Starter(
        "first-year",
        "First year",
        "Five questions, half a minute. Enough to begin with.",
        (
            ("listening", 4000),
            ("keeping-promises", 3000),
            ("follow-up", 3000),
            ("asks-about-my-world", 6000),
            ("remembers-what-i-said", 4000),
        ),
    ),
    Starter(
        "secret-agent",
        "Secret agent",
        "Two on the relationship, three on how well the customer is known.",
        (
            ("consultation", 5000),
            ("keeping-promises", 5000),
            ("asks-one-more", 3000),
            ("remembers-what-i-said", 4000),
            ("uses-what-is-known", 3000),
        ),
    ),
    Starter(
        "own-the-customer",
        "Own the customer",
        "For firms that would rather send a customer elsewhere than sell the wrong thing.",
        (
            ("honesty", 4000),
            ("someone-elses-solution", 3000),
            ("internal-advocacy", 3000),
            ("knows-our-goals", 5000),
            ("discretion", 5000),
        ),
    ),
)
