"""What the words of a secret say about it: its likely category, and whether they look special."""

import re
from typing import Final

HINTS: Final[dict[str, str]] = {
    "family_priority": r"daughter|son\b|wife|husband|kids|children|family|mother|father|grandchild",
    "dream": r"dream|wants? to|would love|one day|someday|always wanted",
    "hope": r"hopes?|looking forward|wish",
    "habit": r"every (morning|day|evening|monday|friday)|always|never before|first thing",
    "recreation_preference": r"swims?|sail|hik|cycl|fish|garden|golf|football|climb|walks?\b|ski",
    "entertainment_choice": r"theatre|music|concert|film|series|book|radio|opera|band",
    "friendship_affinity": r"friends?|goes back|school ?mate|old colleague",
    "ego_drive": r"proud|first in|prize|award|best in|recogni",
    "skill": r"can (play|speak|tell|build)|repairs?|speaks",
    "competency": r"expert|knows everything|everybody asks",
    "lifestyle_choice": r"vegetarian|vegan|gave up|without a car|no longer drinks",
    "bias": r"trusts?|distrusts?|believes|won.t buy|hates",
    "cash_flow_challenge": r"cash|pays late|liquid|never pays for itself",
    "inventory_problem": r"stock|inventory|warehouse|runs? out of|sits on",
    "employment_equity_concern": r"hire|staff|apprentices?|women in|diversity",
    "product_quality_issue": r"returns|defect|quality|cracks?|complain",
    "financial_challenge": r"loan|lease|bank|invest|rent\b",
    "market_challenge": r"competitor|market|customers leave|price war",
}
# Word stems of what the law calls special: a first list, each with the ground it stands for.
SPECIAL: Final[dict[str, str]] = {
    "health": r"cancer|diabet|depress|therap(y|ist)|illness|ill with|disab|surgery|diagnos|pregnan|medicat"
    r"|hiv\b|burn-?out|anxiety|rehab|chemo|dementia|stroke\b|heart attack",
    "religion": r"christian|muslim|jew(ish)?\b|hindu|buddhis|catholic|protestant|church"
    r"|mosque|synagogue|prays?\b|ramadan|atheis",
    "politics": r"votes? for|party member|left-?wing|right-?wing|socialist|conservative party"
    r"|politically|liberal party",
    "sex life": r"\bgay\b|lesbian|bisexual|sexual|transgender|affair with|queer",
    "ethnicity": r"ethnic|\brace\b|racial|\broma\b|skin colou?r",
    "union": r"trade union|union member|shop steward",
    "biometrics": r"fingerprint|face scan|\bdna\b|genetic",
    "criminal record": r"convict|prison|criminal record|on parole|arrested|jail",
}
_SPECIAL = {ground: re.compile(pattern, re.IGNORECASE) for ground, pattern in SPECIAL.items()}
_HINTS = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in HINTS.items()}


def special_words(text: str) -> dict[str, str]:
    """The grounds the words may touch, each with the word that looked so; a warning, not a verdict."""
    found = {ground: pattern.search(text) for ground, pattern in _SPECIAL.items()}
    return {ground: match.group(0) for ground, match in found.items() if match}


def propose_category(text: str) -> str | None:
    """The key of the category the words point to, most telling first; nothing when they don't."""
    scores = {key: len(pattern.findall(text)) for key, pattern in _HINTS.items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else None
