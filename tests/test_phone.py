"""Every page fits a phone 320 px wide without scrolling sideways."""

import pytest

from tests.pages import collected, open_page

pytestmark = [pytest.mark.browser]
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
}"""


@pytest.mark.parametrize(("who", "address"), collected())
def test_page_fits_a_phone(request, look_at, one_page, who, address):
    one_page.set_viewport_size({"width": 320, "height": 640})

    assert open_page(request, look_at, who, address).evaluate(TOO_WIDE) == []
