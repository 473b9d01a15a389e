"""Pages of the editors: synonyms, pinned results, and what was searched for in vain."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core.answering import answered, posted, pressed
from core.permissions import allow
from core.tables import Table, table_response, wants_table
from core.text import clean_line
from design_system.lines import link
from search import log, operations, queries
from search.asking import SearchQuery
from search.documents import KINDS
from search.forms import PinForm, SynonymsForm
from search.models import PinnedSearch, SynonymGroup
from search.operations import NOT_YOURS
from search.permissions import can_edit_search
from search.pins import documents_of
from search.vocabulary import key_of, vocabulary
from search.words import MOST_CHARACTERS, read

WORDS, PINS, IN_VAIN = "/search/words/", "/search/pins/", "/search/in-vain/"


@allow(can_edit_search, because=NOT_YOURS)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The groups of synonyms, with a box to try a search."""
    tried = clean_line(request.GET.get("q", ""))[:MOST_CHARACTERS]
    context = {
        "groups": SynonymGroup.objects.prefetch_related("phrases"),
        "tried": tried,
        "also": read(tried).also,
        "tabs": _tabs(WORDS),
    }
    return render(request, "search/words.html", context)


@allow(can_edit_search, because=NOT_YOURS)
def new_words(request: SignedInRequest) -> HttpResponse:
    """The form of a new group, prefilled with a word `q` that was searched for in vain."""
    start = clean_line(request.GET.get("q", ""))[:80]
    form = SynonymsForm(posted(request), initial={"phrases": start, "query": start})
    return _words_form(request, form, None)


@allow(can_edit_search, because=NOT_YOURS)
def change_words(request: SignedInRequest, key: int) -> HttpResponse:
    group = get_object_or_404(SynonymGroup, pk=key)
    phrases = [phrase.text for phrase in group.phrases.all()]
    form = SynonymsForm(posted(request), initial={"phrases": "\n".join(phrases)})
    return _words_form(request, form, group)


def _words_form(request: SignedInRequest, form: SynonymsForm, group: SynonymGroup | None) -> HttpResponse:
    context: dict[str, object] = {"form": form, "group": group}
    if form.is_bound and request.POST.get("send") == "try" and form.is_valid():
        query = form.cleaned_data["query"] or form.answers["phrases"][0]
        context |= {"tried": query, "also": _would_match(query, form.answers["phrases"], group)}
        return render(request, "search/words_form.html", context)
    operation, about = (operations.change_synonyms, [group]) if group else (operations.add_synonyms, [])
    said = "Saved. The next search knows these words."
    return answered(request, form, operation, *about, said=said, to=WORDS) or render(
        request, "search/words_form.html", context
    )


def _would_match(query: str, phrases: list[str], group: SynonymGroup | None) -> list[str]:
    """What `query` would also match if the group had these phrases."""
    before = [phrase.text for phrase in group.phrases.all()] if group else []
    return read(query, known=vocabulary().without_group(before).with_group(phrases)).also


@allow(can_edit_search, because=NOT_YOURS)
@require_POST
def remove_words(request: SignedInRequest, key: int) -> HttpResponse:
    group = get_object_or_404(SynonymGroup, pk=key)
    said = "Removed. These words find only themselves again."
    return pressed(request, operations.remove_synonyms, group, said=said, to=WORDS)


@allow(can_edit_search, because=NOT_YOURS)
@require_safe
def pins(request: HttpRequest) -> HttpResponse:
    """What is shown first for which words."""
    searches = list(PinnedSearch.objects.prefetch_related("results"))
    keys = {result.key for search in searches for result in search.results.all()}
    titles = {document.key: document.title for document in documents_of(keys, request.user)}
    context = {
        "searches": [
            (search, [titles.get(result.key, "(no longer on the site)") for result in search.results.all()])
            for search in searches
        ],
        "tabs": _tabs(PINS),
    }
    return render(request, "search/pins.html", context)


@allow(can_edit_search, because=NOT_YOURS)
def new_pin(request: SignedInRequest) -> HttpResponse:
    """The form of what is shown first for the words `q`; records found by `like` can be chosen too."""
    return _pin_form(request, clean_line(request.GET.get("q", ""))[:80], None)


@allow(can_edit_search, because=NOT_YOURS)
def change_pin(request: SignedInRequest, key: int) -> HttpResponse:
    search = get_object_or_404(PinnedSearch.objects.prefetch_related("results"), pk=key)
    return _pin_form(request, search.words, search)


def _pin_form(request: SignedInRequest, words: str, search: PinnedSearch | None) -> HttpResponse:
    like = clean_line(request.GET.get("like", ""))[:MOST_CHARACTERS]
    pinned = [result.key for result in search.results.all()] if search else []
    sent: Mapping[str, str] = posted(request) or {}
    chosen = [clean_line(sent.get(name, "")) for name in ("first", "second", "third")]
    typed = clean_line(sent.get("words", words))[:MOST_CHARACTERS]
    choices = _records(request.user, [*pinned, *filter(None, chosen)], (typed, like))
    initial = dict(zip(("first", "second", "third"), pinned, strict=False)) | {"words": words}
    form = PinForm(posted(request), choices=choices, in_place_of=search, initial=initial)
    said = "Saved. The next search shows them first."
    done = answered(request, form, operations.pin_results, said=said, to=PINS)
    context = {"form": form, "search": search, "words": words, "like": like, "has_choices": bool(choices)}
    return done or render(request, "search/pin_form.html", context)


def _records(user: AnyUser, keys: list[str], searches: tuple[str, ...]) -> list[tuple[str, str]]:
    """Records to choose from, each with its title and kind: those of `keys`, and the first that the searches find."""
    found = {
        each.key: f"{each.title} ({KINDS[each.kind][0].lower()})" for each in documents_of(dict.fromkeys(keys), user)
    }
    for text in searches:
        for result in queries.search(user, SearchQuery(q=text)).results if key_of(text) else ():
            title = "".join(part for part, _ in result.hit.title)
            found.setdefault(result.hit.key, f"{title} ({result.kind.lower()})")
    return list(found.items())


@allow(can_edit_search, because=NOT_YOURS)
@require_POST
def remove_pin(request: SignedInRequest, key: int) -> HttpResponse:
    search = get_object_or_404(PinnedSearch, pk=key)
    said = "Removed. The search orders these results by itself again."
    return pressed(request, operations.unpin_results, search, said=said, to=PINS)


@allow(can_edit_search, because=NOT_YOURS)
@require_safe
def in_vain(request: HttpRequest) -> HttpResponseBase:
    """What was searched for and not found, and the same as a file."""
    rows = log.searched_in_vain()
    columns = ("Words", "Times without a result", "Times searched for", "Days")
    if wants_table(request):
        cells = [(row.words, row.without_results, row.times, row.days) for row in rows]
        return table_response(
            request, Table(name="searched-in-vain", title="Searches that found nothing", columns=columns, rows=cells)
        )
    context = {
        "columns": [columns[0], *((words, "numeric") for words in columns[1:]), "What to do"],
        "rows": [(row.words, row.without_results, row.times, row.days, _ways_to_help(row.words)) for row in rows],
        "once": log.searched_once_in_vain(),
        "tabs": _tabs(IN_VAIN),
    }
    return render(request, "search/in_vain.html", context)


def _ways_to_help(words: str) -> SafeString:
    query = "?" + urlencode({"q": words[:80]})
    return format_html(
        "{}<br>{}",
        link("Add a synonym", reverse("search:new_words") + query, about=f"for {words}"),
        link("Pin a result", reverse("search:new_pin") + query, about=f"for {words}"),
    )


def _tabs(current: str) -> list[dict[str, object]]:
    pages = ((WORDS, "Words that mean the same"), (PINS, "Pinned results"), (IN_VAIN, "Searches that found nothing"))
    return [{"text": text, "href": href, "current": href == current} for href, text in pages]
