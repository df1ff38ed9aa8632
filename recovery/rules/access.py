"""Who may do what to a case, and what it lacks to be closed."""

from collections.abc import Collection

NEEDED_TO_CLOSE = ("fix", "surprise", "apologise")


def missing_to_close(done: Collection[str], steps: Collection[str] = ()) -> list[str]:
    """What a case still lacks before it may close without a manager's reason.

    ``steps`` are the required ones of its playbook that nobody has ticked.
    """
    return [*(kind for kind in NEEDED_TO_CLOSE if kind not in done), *(f"“{step}”" for step in steps)]


def may_close(done: Collection[str], steps: Collection[str] = (), *, is_manager: bool, reason: str) -> bool:
    """Fixed, surprised and apologised for, with every required step; or with a manager's stated reason."""
    return not missing_to_close(done, steps) or (is_manager and bool(reason.strip()))


def why_not_closed(missing: Collection[str], *, is_manager: bool) -> str:
    """What to tell whoever may not close it like this."""
    how = "Say why you close it all the same." if is_manager else "A manager may close it with a reason."
    return f"Still to do: {', '.join(missing)}. {how}"


def may_open(roles: Collection[str]) -> bool:
    """Service, salespeople and managers open cases of the customers they see."""
    return bool({"service", "salesperson", "manager"} & set(roles))


def may_keep_playbooks(roles: Collection[str], *, leads: bool) -> bool:
    """Managers, and whoever in service leads a team, keep the checklists."""
    return "manager" in roles or ("service" in roles and leads)


def may_tick(*, roles: Collection[str], user_id: int, agent_id: int, owner_id: int | None) -> bool:
    """Any service agent, the case's agent and the customer's owner tick milestones."""
    return "service" in roles or user_id in (agent_id, owner_id)


def may_take(*, told: bool, steers: bool) -> bool:
    """Who was told of an alert, and who steers its case, may say that they have it."""
    return told or steers


def may_set_duty(roles: Collection[str]) -> bool:
    """Managers, executives and administrators set the ladder and the rota."""
    return bool({"manager", "executive", "administrator"} & set(roles))


def may_steer(*, roles: Collection[str], user_id: int, agent_id: int, owner_id: int | None) -> bool:
    """Who ticks, and managers who see the case, may close, reopen and hand it over."""
    return "manager" in roles or may_tick(roles=roles, user_id=user_id, agent_id=agent_id, owner_id=owner_id)
