"""Which category the words of a secret point to, and what the page needs to know of all this."""

import re
from typing import Any, Final

from secrets_manual.rules.special import BLOT, HARMLESS, LETTERS, SPECIAL, any_of, flat

# English, then the basics of German and French; flat text, only where a word begins: no “son” in “reason”.
HINTS: Final[dict[str, tuple[str, ...]]] = {
    "family_priority": (
        r"daughter|sons?\b|wife|husbands?\b|kids|child(?:ren)?\b|family|mother|father|grand(?:child|son|ma|pa"
        r"|mother|father)|parents\b|twins|sister|brother|nephew|niece|baby",
        r"tochter|sohn\b|kinder\b|enkel|mutter\b|vater\b|familie|sa fille|son fils|enfants|petit-fils|sa mere|son pere",
    ),
    "dream": (
        r"dream|wants? to|would love|one day|someday|always wanted|wishes (?:she|he)|if money",
        r"traum|mochte (?:einmal|eines tages|gern)|will (?:nachstes|eines tages|einmal)|reve d|aimerait|voudrait",
    ),
    "hope": (
        r"hop(?:es?|ing)|looking forward|looks forward|wish|can.t wait|counts on",
        r"hofft|freut sich auf|espere|attend avec impatience",
    ),
    "recreation_preference": (
        r"swim|swam|sail|hik(?:es?|ing)|cycl|fish(?:es|ing)?\b|garden|golf|football|climb|walks?\b|skis?\b|skiing"
        r"|runs? (?:in|round|along|every)|marathon|rows\b|rowing|tennis|hunt(?:s|ing)|rid(?:es|ing)|camp(?:s|ing)"
        r"|boat|yoga|danc(?:es|ing)|collects|knits|paint(?:s|ing)|cooks|bakes for|keeps bees|orchard|motorbike"
        r"|regatta|fairs\b",
        r"segel|schwimmt|wandert|angelt|garten\b|radfahr|nage\b|voile\b|randonnee|jardin|peche\b|velo\b",
    ),
    "entertainment_choice": (
        r"theatre|music|concert|films?\b|series\b|books?\b|radio|operas?\b|bands?\b|novels?|jazz|podcast|cinema"
        r"|records?\b|crossword|sudoku|cards\b|bridge\b|chess|comedy|quiz",
        r"theater|musik|konzert|bucher|oper\b|kino|musique|romans?\b|livres?\b|liest",
    ),
    "habit": (
        r"every (?:morning|evening|night|week|year|\w*day|spring|summer|autumn|winter)|always|never before"
        r"|first thing|usually|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|likes? (?:to be|it when)|prefers"
        r"|rather|at six|by hand",
        r"jeden (?:morgen|abend|tag|\w+tag)|immer\b|trinkt nur|tous les|toutes les|toujours|chaque (?:matin|soir|jour)",
    ),
    "friendship_affinity": (
        r"friends?\b|goes back|school ?mate|old colleague|knows every|grew up with|neighbour",
        r"freund(?:in|e)?\b|schulkamerad|ami(?:e|s)?\b|copain",
    ),
    "ego_drive": (
        r"proud|first in|prize|award|best in|recogni|admires?|famous|wants the credit|likes to win|title|champion",
        r"stolz|preis gewonnen|fiere?\b|prix du",
    ),
    "skill": (
        r"can (?:play|speak|tell|build)|repairs?|speaks|plays the|knack for|languages",
        r"spricht|kann .* bauen|parle ",
    ),
    "competency": (
        r"expert|knows everything|everybody asks|knows (?:more|all) about|trained as|studied|masters?\b|judge at",
        r"fachmann|kennt sich aus|gelernte|experte",
    ),
    "lifestyle_choice": (
        r"vegetarian|vegan|gave up|without a car|no longer drinks|organic|houseboat|off the grid|simple life|minimalis"
        r"|retire to|lives (?:on|above|alone)",
        r"ohne auto|vegetarisch|vit (?:seul|sur)",
    ),
    "bias": (
        r"trusts?|distrusts?|believes|won.t buy|hates|will not|never buys|swears by|puts (?:her|him) off"
        r"|prefers (?:french|german)|suspicious|loathes|nothing but",
        r"misstraut|traut |hasst|deteste|se mefie|n'achete que",
    ),
    "cash_flow_challenge": (
        r"cash|pays late|liquid|never pays for itself|owes|overdraft|invoices? (?:late|unpaid)|debtor",
        r"liquiditat|zahlt spat|tresorerie",
    ),
    "inventory_problem": (
        r"stock(?:s|ed)?\b|inventory|warehouse|runs? out of|sits on|shel(?:f|ves)\b|storage|pallets?",
        r"lager\b|bestand|stock\b|entrepot",
    ),
    "employment_equity_concern": (
        r"hir(?:e|es|ing)\b|staff|apprentices?|women in|more women|diversity|crew\b|vacanc|equal pay",
        r"personal\b|lehrling|mitarbeiter|apprentis|embauche",
    ),
    "product_quality_issue": (
        r"returns|defect|quality|cracks?|complain|breaks (?:after|too)|leak|fault|freezer|recall",
        r"qualitat|reklamation|mangel|qualite|defaut",
    ),
    "financial_challenge": (
        r"loans?\b|leas(?:e|es|ing)\b|banks?\b|invest|rent\b|margins?\b|landlord|mortgage|interest rate|costs?\b",
        r"kredit|miete|pacht|loyer|emprunt|banque",
    ),
    "market_challenge": (
        r"competitors?\b|market|customers leave|price war|undercuts?|ring road|chain store|online shops?|rival",
        r"konkurren|wettbewerb|concurren",
    ),
}
PATTERNS: Final = {key: any_of(patterns) for key, patterns in HINTS.items()}
_HINTS = {key: re.compile(pattern, re.ASCII) for key, pattern in PATTERNS.items()}


def propose_category(text: str) -> str | None:
    """The key of the category the words point to, most telling first; nothing when they don't."""
    plain, _ = flat(text)
    scores = {key: sum(1 for _ in pattern.finditer(plain)) for key, pattern in _HINTS.items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else None


def word_rules() -> dict[str, Any]:
    """These rules as plain data for the page, which then warns and proposes before anything leaves the device."""
    return {"letters": LETTERS, "blot": BLOT, "harmless": HARMLESS, "special": SPECIAL, "hints": PATTERNS}
