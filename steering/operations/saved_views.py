"""Saving a view of the portfolio, and deleting it."""

from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.permissions import require
from steering.models import SavedView

MOST = 20
LONGEST = 1000  # characters, as the column has


@transaction.atomic
def save_view(query: str, *, name: str, by: User) -> SavedView:
    """Keep a view of the portfolio under a name. The same view again takes the new name and makes no second row."""
    require(by.is_authenticated and by.is_active, "Sign in to save a view.")
    if not name.strip():
        raise Refused("Give it a name.", field="name")
    if not query:
        raise Refused("This is the whole portfolio. Choose a filter first.")
    if len(query) > LONGEST:
        raise Refused("This view has too many filters to be saved. Remove some.")
    User.objects.select_for_update().get(pk=by.pk)
    if one := SavedView.objects.filter(person=by, query=query).first():
        one.name = name
        one.save(update_fields=["name"])
        return one
    if SavedView.objects.filter(person=by).count() >= MOST:
        raise Refused(f"You have saved {MOST} views. Delete one to save this.")
    return SavedView.objects.create(person=by, name=name, query=query)


def delete_view(view: SavedView, *, by: User) -> None:
    """No longer keep a view."""
    require(view.person_id == by.pk, "Everybody deletes their own views.")
    SavedView.objects.filter(pk=view.pk).delete()
