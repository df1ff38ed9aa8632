"""A word of a secret that a person may not read is on no page of theirs."""

import pytest

CANARY = "kingfisherwinter"
HIDDEN = {
    "confidential": ("colleague", "manager", "outsider", "service_agent", "marketer"),
    "relationship": ("outsider", "service_agent", "marketer"),
}
NEVER = ("executive", "compensation_admin", "privacy_officer", "administrator")
ROWS = [(sensitivity, who) for sensitivity, people in HIDDEN.items() for who in (*people, *NEVER)]


@pytest.mark.parametrize(("sensitivity", "who"), ROWS)
def test_canary_is_nowhere(request, written, customer, signed_in, sensitivity, who):
    secret = written(
        text=f"The {CANARY} quarter.", sensitivity=sensitivity, audiences=("sales", "service", "marketing")
    )
    client = signed_in(request.getfixturevalue(who))
    for path in (
        "/",
        "/customers/",
        f"/customers/{customer.pk}/",
        f"/customers/{customer.pk}/ask/",
        f"/customers/?q={CANARY}",
        f"/secrets/?q={CANARY}",
        f"/secrets/{secret.pk}/",
        f"/secrets/{secret.pk}/change/",
        "/secrets/reads/",
        f"/search/?q={CANARY}",
        "/oops/",
        f"/oops/open/?customer={customer.pk}",
        "/notifications/",
    ):
        shown = client.get(path).content.decode().replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
        assert f"The {CANARY}" not in shown, path
        assert f"{CANARY} quarter" not in shown, path
        assert f">{CANARY}<" not in shown, path
    for verb in ("confirm", "remove", "restore", "change"):
        assert client.post(f"/secrets/{secret.pk}/{verb}/").status_code in (403, 404)


def test_nobody_finds_what_is_sealed(written, signed_in, owner):
    written(text=f"The {CANARY} quarter.", sensitivity="confidential")
    assert f"The {CANARY}" not in signed_in(owner).get(f"/secrets/?q={CANARY}").content.decode()
