"""No page of any role has an accessibility fault axe can find, in light or in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages import collected, open_page

pytestmark = [pytest.mark.browser]
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The dark scheme changes colours and nothing else.
RULES = {"light": EVERYTHING, "dark": ["color-contrast"]}
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"


@pytest.mark.parametrize(("who", "address"), collected())
def test_axe_finds_nothing(request, look_at, who, address):
    page = open_page(request, look_at, who, address)

    page.evaluate(Axe().axe_script)
    faults = {}
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        faults[scheme] = [
            (fault["id"], [node["html"][:160] for node in fault["nodes"]])
            for fault in page.evaluate(RUN, rules)["violations"]
        ]

    assert faults == {"light": [], "dark": []}
