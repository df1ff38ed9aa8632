"""Who reports to whom in a file of salespeople."""

from collections.abc import Mapping


def circular(managers: Mapping[str, str]) -> set[str]:
    """Addresses that end up managing themselves, when each key is managed by its value ('' for nobody)."""
    safe: set[str] = set()
    round_in: set[str] = set()
    for start in managers:
        path: list[str] = []
        at = start
        while at and at not in safe and at not in path:
            path.append(at)
            at = managers.get(at, "")
        if at in path:
            round_in.update(path[path.index(at) :])
        safe.update(path)
    return round_in


def team_name(manager: str, taken: set[str]) -> str:
    """“Andrew Fuller's team”, with a number when another team (in lower case in ``taken``) has that name."""
    plain = f"{manager[:60]}'s team"
    number = 1
    while (name := plain if number == 1 else f"{plain} {number}").lower() in taken:
        number += 1
    return name
