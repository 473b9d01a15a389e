"""The request of a person who has signed in."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view receives under `@allow(signed_in)` or a stricter rule."""

    user: User
