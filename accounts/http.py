"""The request of somebody who has signed in."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view receives behind `door(signed_in)` or a stricter one."""

    user: User
