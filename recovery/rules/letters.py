"""The apology as it is drafted: from a template with placeholders, the case and the surprise."""

import re

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


SUBJECTS = {"en": "We are sorry", "fr": "Toutes nos excuses"}
PLACEHOLDERS = ("name", "wrong", "fix", "surprise", "agent", "firm")
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
# Paragraphs that say nothing while these are empty.
NEEDED = ("fix", "surprise")
# For the preview of a template.
SAMPLE = {
    "en": {
        "name": "Judith Aldous",
        "fix": "the right glaze is at your door, the wrong one is yours to keep.",
        "surprise": "a flask of tea and warm mittens on the harbour wall.",
        "agent": "Rita Kane",
    },
    "fr": {
        "name": "Judith Aldous",
        "fix": "le bon émail est devant votre porte, l’autre est à vous.",
        "surprise": "une bouteille thermos et des moufles vous attendent sur le quai.",
        "agent": "Rita Kane",
    },
}


def shipped(language: str) -> str:
    """The template Rapport brings, as its editor shows it."""
    return "\n\n".join(LETTERS[language])


def template_problems(text: str) -> list[str]:
    """What is wrong with the placeholders of a template, in words."""
    unknown = sorted(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDERS))
    problems = [f"We don’t know {{{name}}}." for name in unknown]
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        problems.append("A bracket { or } stands alone: write a placeholder such as {name}.")
    if "{name}" not in text:
        problems.append("Say whom it is to: {name} is missing.")
    return problems


def merge(text: str, words: dict[str, str]) -> str:
    """The template with its placeholders filled in, once; paragraphs whose fix or surprise is empty are left out."""
    said = [
        part
        for part in re.split(r"\n{2,}", text.strip())
        if all(words[name] for name in NEEDED if f"{{{name}}}" in part)
    ]
    return PLACEHOLDER.sub(lambda found: words[found[1]], "\n\n".join(said))


def draft_apology(
    *, language: str, root_cause: str, name: str, fix: str, surprise: str, agent: str, firm: str, text: str = ""
) -> str:
    """A letter to be edited by a person. It merges the surprise as somebody wrote it, never the secret behind it.

    ``text`` is the firm's own template, without one the one Rapport brings.
    """
    words = {
        "name": name,
        "wrong": WRONGS[language][root_cause],
        "fix": fix,
        "surprise": surprise,
        "agent": agent,
        "firm": firm,
    }
    return merge(text or shipped(language), words)
