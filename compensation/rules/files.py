"""Statement files: one spelling for hash, download and re-check, and the comparison of a file with its inputs."""

import hashlib
import json
from typing import Any

from compensation.rules.engine import statement
from compensation.rules.inputs import Refused


def dumps(value: object) -> str:
    """The one spelling of statement JSON: sorted keys, two spaces, a final newline."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def digest(inputs: dict[str, Any]) -> str:
    """SHA-256 of inputs in hexadecimal, over their compact spelling with sorted keys."""
    compact = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(compact.encode()).hexdigest()


def loads(text: str) -> Any:
    """Decoded JSON; ``Refused`` when it is none or says a key twice."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        raise Refused(f"this is not JSON: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Refused(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands there twice")
    return dict(pairs)


def differences(inputs: dict[str, Any], stated: object) -> list[str]:
    """Where a stated statement differs from the one its inputs give; empty when it matches."""
    right = statement(inputs)
    if stated == right:
        return []
    if not isinstance(stated, dict) or not isinstance(stated.get("lines"), list):
        return ["the file holds no statement with lines"]
    found = [f"total: the file says {stated.get('total')}, the inputs give {right['total']}"]
    found = found if stated.get("total") != right["total"] else []
    if len(stated["lines"]) != len(right["lines"]):
        found.append(f"lines: the file has {len(stated['lines'])}, the inputs give {len(right['lines'])}")
    for said, line in zip(stated["lines"], right["lines"], strict=False):
        if said != line:
            found.append(f"{line['component']}: the file says {_line(said)}, the inputs give {_line(line)}")
    return found or ["the file holds something the inputs do not give"]


def _line(line: object) -> str:
    return json.dumps(line, sort_keys=True)
