"""Notices behind the bell."""

import pytest

from firm.actions import notify
from firm.models import Notification


def test_shows_own_notices_only(owner, colleague, signed_in):
    notify(owner, "Judith answered")
    notify(colleague, "Not for you")
    page = signed_in(owner).get("/notifications/").content.decode()
    assert "Judith answered" in page
    assert "Not for you" not in page


def test_opening_marks_as_read_and_leads_on(owner, signed_in):
    notify(owner, "A case is due", url="/oops/1/")
    notice = Notification.objects.get()
    assert signed_in(owner).get(f"/notifications/{notice.pk}/").url == "/oops/1/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_marks_all_of_ones_own_as_read(owner, colleague, signed_in):
    notify(owner, "One")
    notify(colleague, "Two")
    signed_in(owner).post("/notifications/read/")
    assert [notice.text for notice in Notification.objects.filter(read_at=None)] == ["Two"]


def test_says_a_key_once(owner):
    notify(owner, "Due in 4 h", key="case-1-4h")
    notify(owner, "Due in 4 h", key="case-1-4h")
    assert Notification.objects.count() == 1


def test_query_count_is_constant(owner, signed_in, django_assert_num_queries, django_assert_max_num_queries):
    client = signed_in(owner)
    notify(owner, "One")
    with django_assert_max_num_queries(15) as few:
        client.get("/notifications/")
    for number in range(19):
        notify(owner, f"Notice {number}")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/notifications/")


@pytest.mark.django_db
def test_nobody_reads_without_signing_in(client):
    assert client.get("/notifications/").status_code == 302
