"""Every address of the admin, filled with the keys of one case study and of what hangs on it."""

import re
from collections.abc import Iterator

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from publishing.models import CaseStudyIndexPage, CaseStudyPage

# Where a place of a route takes another key than the page's.
_WORDS = {
    "content_type_app_name": ["publishing"],
    "content_type_model_name": ["casestudypage", "newspage"],
    "app_name": ["publishing"],
    "app_label": ["publishing", "wagtailcore"],
    "model_name": ["casestudypage", "page"],
    "action": ["delete", "move", "publish", "unpublish"],
    "action_name": ["approve", "reject", "publish", "unpublish", "copy"],
    "filter_spec": ["max-165x165"],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "uidb64": ["x"],
    "token": ["x"],
}
_LOOKS_UP = ("search", "index", "results", "listing", "choose", "explore", "choose_page", "page_search")
_FROM_OUTSIDE = ("logout", "login", "password_reset", "test404", "failwhale")


def names_of_admin() -> list[str]:
    """The names of the routes of the admin."""
    return sorted({name for route, name in _named(get_resolver()) if route.startswith("cms/") and name})


def _named(resolver: URLResolver, before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _named(each, route, (*spaces, *([each.namespace] if each.namespace else [])))
        elif each.name and not any(word in route for word in _FROM_OUTSIDE):
            yield route, ":".join([*spaces, each.name])


def addresses_of(page: CaseStudyPage, *, search: str) -> list[str]:
    """Each route with every key of `page` that fits it; those that look something up also with words to look for."""
    state = page.current_workflow_state
    keys: dict[str, list[object]] = {
        "revision_id": [page.latest_revision_id],
        "task_state_id": [state.current_task_state_id] if state else [],
        "workflow_state_id": [state.pk] if state else [],
        "task_id": [state.current_task_state.task_id] if state else [],
        "workflow_pk": [state.workflow_id] if state else [],
        "image_id": [page.picture_id],
        "parent_page_id": [page.pk, CaseStudyIndexPage.objects.get().pk],
        "destination_id": [CaseStudyIndexPage.objects.get().pk],
        **_WORDS,
    }
    named = urlencode({"id": [page.pk, page.picture_id], "fields": "*", "object_id": page.pk}, doseq=True)
    found: list[str] = []
    for name in names_of_admin():
        for taken in _places(name):
            filled: list[dict[str, object]] = [{}]
            for place in taken:
                values = keys.get(place, [page.pk, page.picture_id])
                filled = [{**before, place: value} for before in filled for value in values]
            for values in filled:
                try:
                    address = reverse(name, kwargs=values)
                except NoReverseMatch:
                    continue
                found.append(f"{address}?{named}")
                if name.endswith(_LOOKS_UP):
                    found.append(f"{address}?{urlencode({'q': search})}")
    return found


def _places(name: str) -> list[list[str]]:
    """The places of each pattern of a route, by their names."""
    return [re.findall(r"<(?:\w+:)?(\w+)>", route) for route, each in _named(get_resolver()) if each == name]
