"""What the words of a secret say about it: its likely category, and whether they look special."""

import re
from typing import Final

HINTS: Final[dict[str, str]] = {
    "family_priority": r"daughter|son\b|wife|husbands?\b|kids|children|family|mother|father|grand(child|son)|parents\b",
    "dream": r"dream|wants? to|would love|one day|someday|always wanted",
    "hope": r"hopes?|looking forward|wish",
    "recreation_preference": r"swim|swam|sail|hik(es?|ing)|cycl|fish(es|ing)?\b|garden|golf|football|climb|walks?\b"
    r"|skis?\b|skiing",
    "entertainment_choice": r"theatre|music|concert|films?\b|series\b|books?\b|radio|operas?\b|bands?\b",
    "habit": r"every (morning|evening|night|week|\w*day)|always|never before|first thing",
    "friendship_affinity": r"friend|goes back|school ?mate|old colleague",
    "ego_drive": r"proud|first in|prize|award|best in|recogni",
    "skill": r"can (play|speak|tell|build)|repairs?|speaks",
    "competency": r"expert|knows everything|everybody asks",
    "lifestyle_choice": r"vegetarian|vegan|gave up|without a car|no longer drinks",
    "bias": r"trusts?|distrusts?|believes|won.t buy|hates",
    "cash_flow_challenge": r"cash|pays late|liquid|never pays for itself",
    "inventory_problem": r"stock(s|ed)?\b|inventory|warehouse|runs? out of|sits on",
    "employment_equity_concern": r"hir(e|es|ing)\b|staff|apprentices?|women in|diversity",
    "product_quality_issue": r"returns|defect|quality|cracks?|complain",
    "financial_challenge": r"loans?\b|leas(e|es|ing)\b|banks?\b|invest|rent\b",
    "market_challenge": r"competitor|market|customers leave|price war",
}
# Word stems of what the law calls special: a first list, each with the ground it stands for.
SPECIAL: Final[dict[str, str]] = {
    "health": r"cancer|diabet|depress|therap(y|ist)|illness|ill with|disab(led|ility)|surgery|diagnos|pregnan|medicat"
    r"|hiv\b|burn-?out|anxiety|rehab|chemo|dementia|alzheimer|parkinson|stroke\b|heart attack|asthma|epilep|autis"
    r"|allerg|insulin|migraine|alcoholi|miscarr|wheelchair",
    "religion": r"christians?\b|christianity|muslim|islam|jew(ish)?\b|hindu|buddhis|catholic|protestant|church(es)?\b"
    r"|mosque|synagogue|prays?\b|ramadan|atheis",
    "politics": r"votes? for|party member|left-?wing|right-?wing|socialist|conservative party"
    r"|politically|liberal party",
    "sex life": r"gay\b|lesbian|homosexual|bisexual|sexual|transgender|affair with|queer",
    "ethnicity": r"ethnic|(his|her|their) race\b|racial|roma\b|skin colou?r",
    "union": r"trade union|union member|shop steward",
    "biometrics": r"fingerprint|face scan|dna\b|genetic",
    "criminal record": r"convicted|prison|criminal record|on parole|arrested|jail",
}
# Only where a word begins: no “son” in “reason”, no “ill” in “still”.
_SPECIAL = {ground: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for ground, pattern in SPECIAL.items()}
_HINTS = {key: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for key, pattern in HINTS.items()}


def special_words(text: str) -> dict[str, str]:
    """The grounds the words may touch, each with the word that looked so; a warning, not a verdict."""
    found = {ground: pattern.search(text) for ground, pattern in _SPECIAL.items()}
    return {ground: match.group(0) for ground, match in found.items() if match}


def propose_category(text: str) -> str | None:
    """The key of the category the words point to, most telling first; nothing when they don't."""
    scores = {key: sum(1 for _ in pattern.finditer(text)) for key, pattern in _HINTS.items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else None
