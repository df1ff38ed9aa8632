"""Forms that tell a second writer what a first one wrote meanwhile, and lose nothing of what either typed."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.core import signing
from django.http import QueryDict

from customers.rules.seen import changed

SALT = "customers.seen"
REMOVED = "Somebody removed it meanwhile. Save again to bring it back with what you typed."
TELL = "Somebody else saved this while you were typing, so nothing of yours is saved yet. Look below, then save again."


def sealed(seen: Mapping[str, Any]) -> str:
    """What was shown, to travel through the page."""
    return signing.dumps(dict(seen), salt=SALT, compress=True)


def unsealed(mark: str) -> dict[str, Any] | None:
    """What the mark says; None where there is none. One that is not ours says that nothing was seen."""
    try:
        seen: dict[str, Any] | None = signing.loads(mark, salt=SALT) if mark else None
    except signing.BadSignature:
        return {}
    return seen


class SeenForm(forms.ModelForm[Any]):
    """A form over a row that others may change too; ``now`` is what the page showed of the row."""

    ROWS: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if now is not None:
            self.initial["seen"] = sealed(now)

    def clean_seen(self) -> dict[str, Any] | None:
        """What whoever typed had seen."""
        return unsealed(self.cleaned_data["seen"])

    def had_seen(self, *, is_removed: bool) -> dict[str, Any] | None:
        """What whoever typed had seen, for the action. What was removed meanwhile is never saved unseen."""
        seen: dict[str, Any] | None = self.cleaned_data["seen"]
        return {} if seen is None and is_removed else seen

    def meet(self, now: Mapping[str, Any]) -> None:
        """Show what another wrote meanwhile: taken over where nothing was typed, beside the field where both wrote.

        Saving again keeps what then stands in the form.
        """
        before = self.cleaned_data["seen"] or {}
        data = cast(QueryDict, self.data).copy()
        for name in changed(before, now):
            if name in self.fields:
                self._meet_field(name, before, now, data)
            elif name in self.ROWS:
                self.meet_rows(name, before.get(name), now[name])
        if now.get("removed") and not before.get("removed"):
            self.add_error(None, REMOVED)
        data["seen"] = sealed(now)
        self.data = data
        self.add_error(None, TELL)

    def _meet_field(self, name: str, before: Mapping[str, Any], now: Mapping[str, Any], data: QueryDict) -> None:
        typed, theirs = self.typed(name), now[name]
        if typed == theirs:
            return
        if name in before and typed == before[name]:
            data[name] = self.shown(name, theirs)
            self.add_error(name, f"Changed meanwhile by somebody else, from {self.quoted(name, before[name])}.")
        else:
            self.add_error(
                name, f"Somebody else wrote {self.quoted(name, theirs)} meanwhile. Save again to keep yours."
            )

    def typed(self, name: str) -> Any:
        """What was typed, as ``now`` would hold it."""
        return self.cleaned_data.get(name)

    def shown(self, name: str, value: Any) -> str:
        """A value as a browser would send it."""
        return ("on" if value else "") if isinstance(value, bool) else str(value)

    def quoted(self, name: str, value: Any) -> str:
        """A value in a sentence."""
        field = self.fields[name]
        if isinstance(value, bool):
            return "yes" if value else "no"
        shown = self.shown(name, value)
        choices = cast(list[tuple[str, str]], field.choices) if isinstance(field, forms.ChoiceField) else []
        return f"“{dict(choices).get(shown, shown)}”" if value else "nothing"

    def meet_rows(self, name: str, before: Any, theirs: Any) -> None:
        """As for a field, for rows below the form."""
        raise NotImplementedError
