"""No page of any role has an accessibility fault axe can find, in light or in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages import collected, path_of

pytestmark = [pytest.mark.browser]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("who", "address"), collected())
def test_axe_finds_nothing(request, open_as, who, address):
    path = path_of(request, address)
    page = open_as(request.getfixturevalue(who) if who else None, path)

    faults = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        faults[scheme] = [
            (fault["id"], [node["html"][:160] for node in fault["nodes"]])
            for fault in Axe().run(page, options=RULES).response["violations"]
        ]

    assert faults == {"light": [], "dark": []}
