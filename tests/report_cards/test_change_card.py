"""A draft is changed; of two who change it at once the second sees the first's words, and neither loses any."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from customers.rules.seen import ChangedMeanwhile
from report_cards import actions
from report_cards.models import ReportCard
from report_cards.queries.cards import seen_of_card

from .conftest import behaviours
from .designing import as_shown, one

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def url(draft):
    return f"/report-cards/{draft.pk}/change/"


def opened(client, url):
    return as_shown(client.get(url).context["page"])


def test_nothing_typed_changes_nothing(signed_in, manager, draft, url):
    before = seen_of_card(draft)
    client = signed_in(manager)
    assert client.post(url, opened(client, url)).status_code == 302
    assert seen_of_card(ReportCard.objects.get(pk=draft.pk)) == before


def test_change_card(signed_in, manager, draft, url):
    client = signed_in(manager)
    changed = {"name": "Better", "first_month": "2026-03", "relationship-0-question": "Hears me out every time."}
    client.post(url, opened(client, url) | changed)
    draft.refresh_from_db()
    first = draft.behaviours.first()
    assert (draft.name, draft.first_month) == ("Better", date(2026, 3, 1))
    assert (first.key, first.question) == ("listening", "Hears me out every time.")


def test_the_second_sees_the_first_and_both_stay(signed_in, manager, compensation_admin, draft, url):
    second = signed_in(manager)
    typed = opened(second, url) | {"relationship-0-name": "Mine", "relationship-1-question": "Does what I was told."}
    first = signed_in(compensation_admin)
    theirs = opened(first, url) | {"name": "Theirs", "relationship-0-name": "Hers", "relationship-0-target": "90"}
    more = one(name="Added", question="Adds something worth having.", weight="1")
    theirs |= {"relationship-rows": "3", "relationship-1-weight": "39"}
    theirs |= {f"relationship-2-{name}": value for name, value in more.items()}
    assert first.post(url, theirs).status_code == 302

    response = second.post(url, typed)
    told = response.text
    assert "Somebody else saved this while you were typing" in told
    assert "Somebody else wrote “Hers” meanwhile. Save again to keep yours." in told
    assert "Changed meanwhile by somebody else, from 80 %." in told
    assert "Changed meanwhile by somebody else, from 40 %." in told
    assert "Changed meanwhile by somebody else, from “Report card”." in told
    assert "Added meanwhile by somebody else." in told

    assert second.post(url, as_shown(response.context["page"])).status_code == 302
    draft.refresh_from_db()
    assert draft.name == "Theirs"
    assert list(draft.behaviours.filter(measure="relationship").values_list("name", "question", "weight_bp")) == [
        ("Mine", "Listens before talking.", 6000),
        ("Keeping promises", "Does what I was told.", 3900),
        ("Added", "Adds something worth having.", 100),
    ]


def test_what_another_removed_is_told_and_kept(signed_in, manager, compensation_admin, draft, url):
    second, first = signed_in(manager), signed_in(compensation_admin)
    typed = opened(second, url)
    theirs = opened(first, url) | {"relationship-rows": "1", "relationship-0-weight": "100"}
    first.post(url, theirs)
    page = second.post(url, typed).text
    assert "Removed meanwhile by somebody else. Save again to keep it, or remove it." in page


def test_a_forged_mark_counts_as_having_seen_nothing(signed_in, manager, draft, url):
    client = signed_in(manager)
    page = client.post(url, opened(client, url) | {"seen": "forged"})
    assert "Somebody else saved this while you were typing" in page.text


def test_the_buttons_know_the_draft(signed_in, manager, draft, url):
    client = signed_in(manager)
    data = opened(client, url) | {"card": draft.pk}
    response = client.post("/report-cards/designer/relationship/share/", data)
    assert response.context["card"] == draft
    assert f'action="{url}"' in response.text
    assert client.post(url, as_shown(response.context["page"])).status_code == 302
    assert [b.weight_bp for b in draft.behaviours.filter(measure="relationship")] == [5000, 5000]


def test_the_year_stays(draft, manager):
    with pytest.raises(ValidationError, match="belongs to 2026"):
        actions.change_card(
            draft, name="N", first_month=date(2027, 1, 1), behaviours=behaviours(), acting_user=manager, at=AT
        )


def test_the_action_refuses_what_is_no_longer_there(draft, manager):
    told = {"name": "N", "first_month": date(2026, 2, 1), "behaviours": behaviours(), "acting_user": manager, "at": AT}
    seen = seen_of_card(draft)
    actions.change_card(draft, **told, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.change_card(draft, **told, seen=seen)


def test_a_signed_card_has_no_designer(signed_in, manager, card):
    assert signed_in(manager).get(f"/report-cards/{card.pk}/change/").status_code == 403
    data = {"card": card.pk, "relationship-rows": "0"}
    assert signed_in(manager).post("/report-cards/designer/relationship/add/", data).status_code == 404
