"""Saving a search, deleting it, and asking for the weekly mails of what saved searches newly find."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import SomeFailed, do_each
from outbox.digests import COMES_AT
from outbox.operations import queue_message
from search.asking import SearchQuery
from search.saved.emails import newly_found
from search.saved.models import SavedSearch
from search.saved.queries import found_now, query_of, same_as

MOST = 20
MOST_TOLD = 20  # of one search in one mail
LONGEST = 1000  # characters, as the column has
MOST_KNOWN = 2000


@transaction.atomic
def save_search(asked: SearchQuery, *, name: str, by: User) -> SavedSearch:
    """Keep a search under a name. The same search again takes the new name and makes no second row."""
    require(by.is_authenticated and by.is_active, "Sign in to save a search.")
    if asked.is_empty:
        raise Refused("There is nothing to look for in this search.")
    query = query_of(asked)
    if len(query) > LONGEST:
        raise Refused("This search has too many filters to be saved. Remove some.")
    User.objects.select_for_update().get(pk=by.pk)
    if one := same_as(asked, SavedSearch.objects.filter(person=by).defer("found")):
        one.name = name
        one.save(update_fields=["name"])
        return one
    if SavedSearch.objects.filter(person=by).count() >= MOST:
        raise Refused(f"You have saved {MOST} searches. Delete one to save this.")
    return SavedSearch.objects.create(person=by, name=name, query=query, found=found_now(by, asked))


def delete_search(search: SavedSearch, *, by: User) -> None:
    """No longer keep a search."""
    require(search.person_id == by.pk, "Everybody deletes their own searches.")
    SavedSearch.objects.filter(pk=search.pk).delete()


def ask_for_digests() -> None:
    """Look what saved searches newly find, once a week for each person, and ask for a mail about it."""
    today = clock.today()
    monday = today - dt.timedelta(days=today.weekday())
    people = User.objects.filter(is_active=True, saved_searches__isnull=False).distinct()
    do_each(lambda person: _ask_for_digest(person, monday), people.order_by("pk"))


@transaction.atomic
def _ask_for_digest(person: User, monday: dt.date) -> None:
    """Note what each search of a person finds, and hand what is new to their mail.

    What is noted is no longer new, so looking twice in a week tells of nothing twice.
    """
    new: dict[str, list[str]] = {}
    for search in SavedSearch.objects.select_for_update().filter(person=person, saved_at__lt=_beginning(monday)):
        found = found_now(person, search.asked)
        if found is None:
            raise SomeFailed("No search engine answers.")
        known = found if search.found is None else search.found
        if fresh := [key for key in found if key not in set(known)]:
            new[str(search.pk)] = fresh[:MOST_TOLD]
        # What it found once and does not now stays known: it may come back without being new.
        search.found = list(dict.fromkeys([*found, *known]))[:MOST_KNOWN]
        search.save(update_fields=["found"])
    if new:
        comes_at = dt.datetime.combine(monday, COMES_AT, clock.LONDON)
        queue_message(newly_found, None, to=person, key=monday.isoformat(), not_before=comes_at, new=new)


def _beginning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, clock.LONDON)
