"""A sample that anyone can draw again."""

from hashlib import sha256


def is_sampled(*, round_id: int, invitation_id: int, share_bp: int) -> bool:
    """Whether an invitation is of the sample of ``share_bp`` basis points; the same for the same ids for ever."""
    digest = sha256(f"pressure {round_id} {invitation_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % 10_000 < share_bp
