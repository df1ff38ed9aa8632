"""The browser the journeys are walked with."""

import pytest


@pytest.mark.browser
def test_chromium_shows_the_sign_in_page(open_as, firm):
    page = open_as(None, "/accounts/login/")
    assert page.locator("input[name=login]").is_visible()
    assert page.url.endswith("/accounts/login/")


@pytest.mark.browser
def test_open_as_signs_in(open_as, owner):
    page = open_as(owner, "/")
    assert "/accounts/login/" not in page.url
