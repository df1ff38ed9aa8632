"""A press that comes after the session has ended: sign-in leads back, and what was typed is there again."""

import pytest
from playwright.sync_api import expect

from customers.models import Interaction, Misfit

BACK = "/accounts/login/?next="


@pytest.mark.parametrize(
    ("referer", "led"),
    [
        ("http://testserver/customers/7/?tab=1", "%2Fcustomers%2F7%2F%3Ftab%3D1%23typed"),
        ("https://elsewhere.example/customers/7/", "%2F%23typed"),
        ("", "%2F%23typed"),
    ],
)
def test_sign_in_leads_to_the_page_and_not_to_what_takes_no_page(client, firm, referer, led):
    headers = {"Referer": referer} if referer else {}
    assert client.post("/customers/7/converse/", headers=headers)["Location"] == BACK + led


def test_a_fragment_is_not_put_where_an_answer_goes(client, firm):
    referer = "http://testserver/customers/"
    headers = {"HX-Request": "true", "HX-Current-URL": referer, "Referer": referer}
    answer = client.post("/customers/7/converse/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, BACK + "%2Fcustomers%2F%23typed")
    del headers["HX-Current-URL"]
    assert client.post("/customers/7/converse/", headers=headers).status_code == 302


def test_an_address_asked_for_is_led_to_as_ever(client, firm):
    assert client.get("/customers/7/")["Location"] == BACK + "/customers/7/"


@pytest.fixture
def sign_in(owner):
    owner.set_password("a demo of rapport")
    owner.save()

    def sign_in(page, who=owner):
        page.fill("#id_login", who.email)
        page.fill("#id_password", "a demo of rapport")
        page.get_by_role("button", name="Sign in", exact=True).click()

    return sign_in


def end_session(page):
    page.context.clear_cookies(name="sessionid")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestTyped:
    def test_a_line_is_there_again_and_sent_once(self, open_as, sign_in, owner, customer, contact):
        page = open_as(owner, f"/customers/{customer.pk}/log/")
        page.fill("#log-line", "call with Judith yesterday about the lease")
        end_session(page)
        page.locator("#log-line").press("Enter")
        sign_in(page)
        expect(page.locator("#log-line")).to_have_value("call with Judith yesterday about the lease")
        expect(page.get_by_role("alert")).to_contain_text("nothing was recorded. What you typed is here again")
        assert not Interaction.objects.exists()
        page.locator("#log-line").press("Enter")
        expect(page.get_by_text("What did you learn?").first).to_be_visible()
        assert Interaction.objects.get().note == "about the lease"
        page.goto(page.url)
        expect(page.get_by_text("What you typed is here again")).to_have_count(0)

    def test_choices_are_there_again(self, open_as, sign_in, owner, customer, contact):
        page = open_as(owner, f"/customers/{customer.pk}/misfits/add/")
        page.fill("[name=needed]", "A kiln")
        page.fill("[name=why_not]", "Ours is too small")
        choice = page.locator("[name=contact]")
        choice.select_option(str(contact.pk))
        end_session(page)
        page.locator("[name=needed]").press("Enter")
        sign_in(page)
        expect(page.locator("[name=needed]")).to_have_value("A kiln")
        expect(page.locator("[name=why_not]")).to_have_value("Ours is too small")
        expect(choice).to_have_value(str(contact.pk))
        assert not Misfit.objects.exists()

    def test_nobody_else_finds_it(self, open_as, sign_in, owner, colleague, customer):
        colleague.set_password("a demo of rapport")
        colleague.save()
        page = open_as(owner, "/")
        page.fill("#log-line", "call about the lease")
        end_session(page)
        page.locator("#log-line").press("Enter")
        sign_in(page, colleague)
        expect(page.get_by_role("alert")).to_contain_text("Do it again, please")
        expect(page.locator("#log-line")).to_have_value("")
        assert page.evaluate("sessionStorage.getItem('rapport-sent')") is None

    def test_a_button_leads_back_to_its_page(self, open_as, sign_in, owner, customer):
        page = open_as(owner, f"/customers/{customer.pk}/")
        end_session(page)
        page.get_by_role("button", name="Start a conversation").first.click()
        sign_in(page)
        expect(page).to_have_url(f"{page.url.split('/customers')[0]}/customers/{customer.pk}/")
        expect(page.get_by_role("alert")).to_contain_text("Do it again, please")
