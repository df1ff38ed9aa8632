"""What a browser tells of itself when it is to ring."""

import re
from base64 import urlsafe_b64decode

from django import forms

from recovery.push import is_push_service


def opened(text: str) -> bytes:
    """Bytes of base64url without its padding; nothing where it is none."""
    whole = re.fullmatch(r"[A-Za-z0-9_-]+", text)
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)) if whole and len(text) % 4 != 1 else b""


class SubscriptionForm(forms.Form):
    """A subscription as the browser gives it."""

    endpoint = forms.URLField(max_length=1000, assume_scheme="https")
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        if not is_push_service(endpoint):
            raise forms.ValidationError("This browser’s service for notices is not known here.")
        return endpoint

    def clean_p256dh(self) -> str:
        key: str = self.cleaned_data["p256dh"]
        if len(opened(key)) != 65 or opened(key)[0] != 4:
            raise forms.ValidationError("This is no key of a browser.")
        return key

    def clean_auth(self) -> str:
        key: str = self.cleaned_data["auth"]
        if len(opened(key)) != 16:
            raise forms.ValidationError("This is no key of a browser.")
        return key
