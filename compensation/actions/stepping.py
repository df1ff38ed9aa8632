"""The next step of a run, whatever it is."""

from datetime import datetime

from compensation.actions.computing import compute_batch, freeze_run
from compensation.actions.issuing import issue_batch
from compensation.models import Run


def go_on(run: Run, *, at: datetime) -> bool:
    """Take a run one step further; False once nothing is left to do for me. The database says which step is next."""
    run.refresh_from_db(fields=["state", "issued_at"])
    if run.state == Run.State.WAITING:
        return freeze_run(run, at=at)
    if run.state == Run.State.COMPUTING:
        return compute_batch(run, at=at)
    return run.state == Run.State.LOCKED and run.issued_at is None and issue_batch(run, at=at)
