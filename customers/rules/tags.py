"""Tags typed as a list with commas."""

MOST = 20
LONGEST = 40


class TagsRefused(ValueError):
    """Why a list of tags can't be used, in a sentence."""


def tag_names(text: str) -> list[str]:
    """The tags of “wholesale,  Kiel ,wholesale”: trimmed, each once whatever its case, in the order typed."""
    names: dict[str, str] = {}
    for part in text.replace(";", ",").replace("\x00", "").split(","):
        if name := " ".join(part.split()):
            names.setdefault(name.lower(), name)
    if len(names) > MOST:
        raise TagsRefused(f"At most {MOST} tags; {len(names)} are too many to find anything by.")
    if long := next((name for name in names.values() if len(name) > LONGEST), None):
        raise TagsRefused(f"“{long[:LONGEST]}…” is too long: a tag has at most {LONGEST} letters.")
    return list(names.values())
