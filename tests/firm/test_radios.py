"""The customer's radio buttons are Django's own, only sooner there."""

import pytest
from django import forms
from django.test.html import parse_html

from firm.radios import QuickRadios

CHOICES = [("good", "Good"), ("<b>&\"'", "Odd"), ("", "None"), (3, "Three")]


def drawn(widget, said, *, required):
    class One(forms.Form):
        word = forms.ChoiceField(choices=CHOICES, required=required, widget=widget)

    field = One(said, initial={"word": "good"})["word"]
    return [radio.tag() for radio in field], str(field)


@pytest.mark.parametrize("said", [None, {"word": "good"}, {"word": "3"}, {"word": "forged"}, {}])
@pytest.mark.parametrize("required", [True, False])
def test_each_button_and_the_whole_list_are_as_django_writes_them(said, required):
    quick, whole = drawn(QuickRadios, said, required=required)
    plain, whole_plain = drawn(forms.RadioSelect, said, required=required)
    assert [parse_html(one) for one in quick] == [parse_html(one) for one in plain]
    assert parse_html(whole) == parse_html(whole_plain)
