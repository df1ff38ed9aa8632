"""No page of any role has a fault axe can find, in light or in dark, and each fits a phone 320 px wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages import collected, open_page

pytestmark = [pytest.mark.browser]
DESKTOP, PHONE = {"width": 1280, "height": 720}, {"width": 320, "height": 640}
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The dark scheme changes colours and nothing else.
RULES = {"light": EVERYTHING, "dark": ["color-contrast"]}
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})"
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
}"""


@pytest.mark.parametrize(("who", "address"), collected())
def test_page_has_no_fault(request, look_at, one_page, who, address):
    one_page.set_viewport_size(PHONE)
    page = open_page(request, look_at, who, address)
    faults = {"too wide": page.evaluate(TOO_WIDE)}

    page.set_viewport_size(DESKTOP)
    page.evaluate(Axe().axe_script)
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        faults[scheme] = [
            (fault["id"], [node["html"][:160] for node in fault["nodes"]])
            for fault in page.evaluate(RUN, rules)["violations"]
        ]

    assert faults == {"too wide": [], "light": [], "dark": []}
