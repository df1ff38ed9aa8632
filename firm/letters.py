"""What every mail to a customer has in common."""

from functools import cache

from css_inline import CSSInliner

from firm.models import Firm


def from_firm(name: str, firm: Firm) -> str:
    """The sender of a mail: the firm's address under the name the mail says."""
    quoted = name.replace("\\", "").replace('"', "")
    return f'"{quoted}" <{firm.sender}>'


def inlined(html: str) -> str:
    """With the styles written into the elements, as mail programs want them."""
    return _inliner().inline(html)


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
