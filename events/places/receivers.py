"""A held place is confirmed as its address is proved, in whatever way."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from events.places.models import SignUp
from events.places.operations.held import confirm_held, held_for
from events.places.without_account import HELD_HERE, join_as_typed


@receiver(email_confirmed)
def address_proved(email_address: Any, **kwargs: Any) -> None:
    """Whoever proves an address for the first time confirms what is held for it, in whichever browser."""
    for place in held_for(email_address.user):
        confirm_held(place, by=email_address.user)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever signs in where they filled in the form confirms that place, or joins the list as they filled it in.
    Elsewhere they press a button: somebody else may have given their address."""
    if not hasattr(request, "session"):
        return
    join_as_typed(request, user)
    reference = request.session.pop(HELD_HERE, "")
    place = SignUp.objects.filter(reference=reference, person=user).first() if reference else None
    if place is None:
        return
    place = confirm_held(place, by=user)
    if place.ended_because == SignUp.Ended.LAPSED:
        messages.warning(request, "The 30 minutes for which we held your place are over. You can sign up again.")
