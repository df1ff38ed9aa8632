"""Addresses and hidden fields that nobody types: an answer all the same, never an error page of the server."""

import pytest

ODD = ["NaN", "0", "2026-13-45", "home", "x" * 3000, "//elsewhere.example/", "javascript:alert(1)"]


@pytest.mark.parametrize("path", ["/search/", "/customers/", "/statements/", "/action-plans/team/"])
def test_nul_in_an_address(path, client, manager):
    client.force_login(manager)

    assert client.get(f"{path}?q=%00har%00b").status_code == 200


@pytest.mark.parametrize("target", ODD)
def test_a_way_back_that_leads_nowhere(target, client, owner):
    client.force_login(owner)

    answer = client.post("/theme/", {"theme": "dark", "next": target})

    assert answer.status_code == 302
    assert "elsewhere" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_the_address_of_a_button_says_what_it_is(signed_in, owner, customer, client):
    """Whoever opens it by hand gets a page of ours, not the browser's own error."""
    path = f"/customers/{customer.pk}/converse/"
    page = signed_in(owner).get(path)
    assert (page.status_code, page["Allow"], "by its button only" in page.text) == (405, "POST", True)
    assert client.get("/r/unknown/ask-again/").content == b""
