"""A held place is confirmed as its address is proved, in whatever way."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.codes import forget_what_for
from accounts.models import User
from core.answering import refused_or
from events.places.models import SignUp
from events.places.operations.held import confirm_held, held_for
from events.places.standing import meanwhile
from events.places.without_account import HELD_HERE, join_as_typed


@receiver(email_confirmed)
def address_proved(email_address: Any, **kwargs: Any) -> None:
    """Whoever proves an address for the first time confirms what is held for it, in whichever browser."""
    for place in held_for(email_address.user):
        refused_or(confirm_held, place, by=email_address.user)  # of a day that was cancelled they have been told


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever signs in where they filled in the form confirms that place, or joins the list as they filled it in.
    Elsewhere they press a button: somebody else may have given their address."""
    if not hasattr(request, "session"):
        return
    forget_what_for(request)
    join_as_typed(request, user)
    reference = request.session.pop(HELD_HERE, "")
    place = SignUp.objects.filter(reference=reference, person=user).first() if reference else None
    if place is None:
        return
    confirmed, refusal = refused_or(confirm_held, place, by=user)
    if confirmed is None:
        messages.warning(request, refusal)
    elif confirmed.status == SignUp.Status.WAITING:
        messages.info(request, meanwhile(confirmed))
    elif confirmed.ended_because == SignUp.Ended.LAPSED:
        messages.warning(request, "The 30 minutes for which we held your place are over. You can sign up again.")
