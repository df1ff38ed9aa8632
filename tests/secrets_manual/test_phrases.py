"""Phrases as salespeople write them: their likely category, and whether they look special.

``phrases/`` holds those the rules were tuned on and, in ``held_out_*``, those written before and never tuned on. Those
of ``fresh_*`` and of the numbered sets were measured the day they were written, before any rule was changed for them:
the README has the numbers. Since then the rules know them too.
"""

from pathlib import Path

import pytest

from secrets_manual import rules

LIKELY = {
    "Swims in the sea every morning": "recreation_preference",
    "Would love to sail around Zealand": "dream",
    "Her daughter starts school in August": "family_priority",
    "Her husband plays the cello": "family_priority",
    "Hopes the harbour fair comes back": "hope",
    "Reads the paper first thing": "habit",
    "Listens to opera on the road": "entertainment_choice",
    "Goes back thirty years with the mayor": "friendship_affinity",
    "Proud of the prize for best baker": "ego_drive",
    "Can repair any clock; speaks Danish": "skill",
    "Everybody asks him about kilns, an expert": "competency",
    "Gave up the car, vegetarian since spring": "lifestyle_choice",
    "Distrusts anyone with a slide deck": "bias",
    "The winter quarter never pays for itself": "cash_flow_challenge",
    "The warehouse sits on last year's glaze": "inventory_problem",
    "Cannot hire apprentices": "employment_equity_concern",
    "Too many returns, cracks in the glaze": "product_quality_issue",
    "The lease eats the margin": "financial_challenge",
    "A competitor opened across the street": "market_challenge",
    "A person of reason, for a season": None,
    "Operates the husbandry store in Stockholm": None,
    "Different skills, current banker": None,
}
SPECIAL = {
    "His cancer is back": "health",
    "Takes insulin": "health",
    "In therapy since May": "health",
    "She is pregnant": "health",
    "A recovering alcoholic": "health",
    "Goes to church on Sundays": "religion",
    "Keeps Ramadan": "religion",
    "Catholic family": "religion",
    "Votes for the greens": "politics",
    "A party member": "politics",
    "Homosexual": "sex life",
    "Has an affair with the neighbour": "sex life",
    "Asked about her skin colour": "ethnicity",
    "A Roma family": "ethnicity",
    "A trade union man": "union",
    "Shop steward at the yard": "union",
    "The door takes a fingerprint": "biometrics",
    "Had a DNA test": "biometrics",
    "Was convicted in 2010": "criminal record",
    "Two years in prison": "criminal record",
}
HARMLESS = (
    "Still with the old supplier",
    "Backstroke at six",
    "Admires Churchill",
    "Works with conviction",
    "A jewel of a shop",
    "Sails the bike and boat race",
    "Romantic at heart",
    "Grapes from the Moselle",
)


@pytest.mark.parametrize(("text", "key"), LIKELY.items())
def test_likely_category(text, key):
    assert rules.propose_category(text) == key


@pytest.mark.parametrize(("text", "ground"), SPECIAL.items())
def test_looks_special(text, ground):
    assert ground in rules.special_words(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_does_not_look_special(text):
    assert rules.special_words(text) == {}


def phrases(name):
    """The lines of a file of phrases, without its remarks."""
    lines = (Path(__file__).parent / "phrases" / f"{name}.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def special_phrases(name):
    """Ground and phrase."""
    return [line.split(" | ", 1) for line in phrases(name)]


@pytest.mark.parametrize(
    ("prefix", "least"),
    [
        ("", 200),
        ("held_out_", 100),
        ("fresh_", 120),
        ("fresh_french_", 30),
        ("second_", 60),
        ("third_", 120),
        ("fourth_", 60),
        ("fifth_", 60),
        ("sixth_", 56),
        ("seventh_", 120),
        ("eighth_", 150),
    ],
)
def test_rates(prefix, least, record_property):
    """At least 95 of 100 special phrases are noticed, for the right reason; under 10 of 100 harmless ones disturb."""
    special, harmless = special_phrases(f"{prefix}special"), phrases(f"{prefix}harmless")
    missed = [text for ground, text in special if ground not in rules.special_words(text)]
    disturbed = [text for text in harmless if rules.special_words(text)]
    recall, alarms = 1 - len(missed) / len(special), len(disturbed) / len(harmless)
    record_property("recall", recall)
    record_property("false_alarms", alarms)
    assert min(len(set(map(tuple, special))), len(set(harmless))) >= least
    assert recall >= 0.95, missed
    assert alarms < 0.10, disturbed


@pytest.mark.parametrize(
    "name", ["special", "held_out_special", "fresh_special", "third_special", "seventh_special", "eighth_special"]
)
def test_no_ground_is_left_behind(name):
    """The rate holds for each ground, not only for all together."""
    by_ground = {}
    for ground, text in special_phrases(name):
        by_ground.setdefault(ground, []).append(ground in rules.special_words(text))
    assert len(by_ground) == 8
    assert {ground: share for ground, hits in by_ground.items() if (share := sum(hits) / len(hits)) < 0.9} == {}


def test_the_words_are_shown_as_they_were_written():
    assert rules.special_words("Elle est enceinte, évangélique")["health"] == "enceinte"
    assert rules.special_words("Er hat MIGRÄNE") == {"health": "MIGRÄNE"}
    assert rules.special_words("Straße, ÆØß, then ﬁngerprint ﬁle")["biometrics"] == "ﬁngerprint"
