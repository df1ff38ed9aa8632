"""The apology as it is drafted."""

# What we say we did wrong, by the reader's language and the root cause.
WRONGS: dict[str, dict[str, str]] = {
    "en": {
        "delivery": "What you ordered did not reach you as we had agreed.",
        "quality": "What we delivered was not good enough.",
        "billing": "Our bill was wrong.",
        "promise": "We gave you our word and did not keep it.",
        "behaviour": "We did not treat you as you may expect of us.",
        "information": "What we told you was wrong.",
        "other": "We let you down.",
    },
    "fr": {
        "delivery": "Votre commande ne vous est pas parvenue comme convenu.",
        "quality": "Ce que nous avons livré n’était pas à la hauteur.",
        "billing": "Notre facture était erronée.",
        "promise": "Nous vous avions donné notre parole et ne l’avons pas tenue.",
        "behaviour": "Nous ne vous avons pas traité comme vous êtes en droit de l’attendre.",
        "information": "Les renseignements que nous vous avons donnés étaient faux.",
        "other": "Nous n’avons pas été à la hauteur.",
    },
}
LETTERS = {
    "en": (
        "Dear {name},",
        "{wrong} That was our mistake, from start to finish, and I am sorry.",
        "What we have done about it: {fix}",
        "It does not make up for it, but we thought of you: {surprise}",
        "If anything is still not right, answer this letter and it reaches me.",
        "{agent}\n{firm}",
    ),
    "fr": (
        "Bonjour {name},",
        "{wrong} C’était notre erreur, du début à la fin, et je vous prie de nous en excuser.",
        "Ce que nous avons fait : {fix}",
        "Cela ne répare pas tout, mais nous avons pensé à vous : {surprise}",
        "Si quelque chose ne va toujours pas, répondez à cette lettre : elle m’arrive directement.",
        "{agent}\n{firm}",
    ),
}


def draft_apology(*, language: str, root_cause: str, name: str, fix: str, surprise: str, agent: str, firm: str) -> str:
    """A letter to be edited by a person. It merges the surprise as somebody wrote it, never the secret behind it."""
    words = {
        "name": name,
        "wrong": WRONGS[language][root_cause],
        "fix": fix,
        "surprise": surprise,
        "agent": agent,
        "firm": firm,
    }
    said = [
        part
        for part in LETTERS[language]
        if not (("{fix}" in part and not fix) or ("{surprise}" in part and not surprise))
    ]
    return "\n\n".join(part.format(**words) for part in said)
