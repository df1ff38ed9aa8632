"""Every page fits a phone 320 px wide without scrolling sideways."""

import pytest

from tests.pages import collected, path_of

pytestmark = [pytest.mark.browser]
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
}"""


@pytest.mark.parametrize(("who", "address"), collected())
def test_page_fits_a_phone(request, open_as, page, who, address):
    path = path_of(request, address)
    page.set_viewport_size({"width": 320, "height": 640})

    shown = open_as(request.getfixturevalue(who) if who else None, path)

    assert shown.evaluate(TOO_WIDE) == []
