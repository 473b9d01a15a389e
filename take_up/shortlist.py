"""The shortlist: published assets that a reader has put aside to compare, kept in the session of their browser."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import AnyUser
from assets_registry.models import Asset
from core.errors import Refused
from design_system.lines import link

MOST = 20
_KEPT = "shortlist"


def slugs_in(session: SessionBase) -> list[str]:
    """The addresses of the assets on it, those added first first."""
    return list(session.get(_KEPT, ()))


def add(session: SessionBase, asset: Asset, *, by: AnyUser) -> Asset:
    """Put an asset on the shortlist. Sent again, it changes nothing; whoever may read the asset may add it."""
    slugs = slugs_in(session)
    if asset.slug in slugs:
        return asset
    if not asset.is_published:
        raise Refused(f"{asset} is not published, so it cannot be put on a shortlist.")
    if len(slugs) >= MOST:
        raise Refused(f"A shortlist holds {MOST} assets. Remove one to add {asset}.")
    session[_KEPT] = [*slugs, asset.slug]
    return asset


def remove(session: SessionBase, slug: str, *, by: AnyUser) -> None:
    """Take an asset off the shortlist, whether or not it still exists or may be read."""
    session[_KEPT] = [each for each in slugs_in(session) if each != slug]


def clear(session: SessionBase, *, by: AnyUser) -> None:
    """Take everything off the shortlist."""
    session.pop(_KEPT, None)


def button(request: HttpRequest) -> Callable[[Asset], SafeString]:
    """A function: what adds an asset to the shortlist, or says that it is on it.

    Without a session it is a link to the page that asks first: a form here would give the browsers of all who only read
    a cookie, and no page that strangers share could be kept.
    """
    slugs, onward = set(slugs_in(request.session)), request.get_full_path()
    token = get_token(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""

    def shown(asset: Asset) -> SafeString:
        if not asset.is_published:
            return SafeString()
        if asset.slug in slugs:
            return link("On your shortlist", reverse("take_up:shortlist"), about=f": {asset}")
        address = reverse("take_up:add_to_shortlist", args=[asset.slug])
        words = format_html('Add to shortlist<span class="govuk-visually-hidden">: {}</span>', asset.name)
        if not token:
            return format_html('<a class="govuk-link" rel="nofollow" href="{}">{}</a>', address, words)
        return format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<input type="hidden" name="next" value="{}"><button class="lda-link-button">{}</button></form>',
            address,
            token,
            onward,
            words,
        )

    return shown
