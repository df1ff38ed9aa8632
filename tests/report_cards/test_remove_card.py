"""Drafts are removed with an undo; signed cards stay."""

from report_cards.models import ReportCard


def test_remove_and_undo(signed_in, manager, draft, executive):
    client = signed_in(manager)
    page = client.post(f"/report-cards/{draft.pk}/remove/", follow=True)
    assert f'action="/report-cards/{draft.pk}/restore/"' in page.text
    assert "Version 1" not in page.text
    assert client.get(f"/report-cards/{draft.pk}/").status_code == 404
    assert signed_in(executive).get(f"/report-cards/{draft.pk}/sign/").status_code == 404
    assert not ReportCard.objects.to_sign_by(executive).exists()
    client.post(f"/report-cards/{draft.pk}/restore/")
    assert client.get(f"/report-cards/{draft.pk}/").status_code == 200


def test_a_signed_card_stays(signed_in, manager, card):
    client = signed_in(manager)
    assert client.post(f"/report-cards/{card.pk}/remove/").status_code == 403
    assert client.post(f"/report-cards/{card.pk}/restore/").status_code == 404
    assert ReportCard.objects.signed().get() == card
