from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AnyUser
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, table_response, wants_table
from core.text import clean_line
from search import alike, presenting, queries
from search.asking import FACET_NAMES, SearchQuery, value_label
from search.documents import KINDS, joined
from search.log import note_search
from search.port import LEAST_LETTERS, MOST_PAGES, PAGE_SIZE
from search.suggesting import suggestions
from search.words import MOST_CHARACTERS

# Where to go without a word to look for.
LISTS = (
    ("what councils need", "/needs/"),
    ("projects", "/projects/"),
    ("assets", "/assets/"),
    ("case studies", "/case-studies/"),
    ("events", "/events/"),
    ("councils", "/councils/"),
)


@allow(anyone)
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    asked = alike.for_reader(SearchQuery.from_query(request.GET), request.user)
    if wants_table(request):
        return table_response(request, _table(request.user, asked))
    answer = queries.search(request.user, asked)
    if request.method == "GET" and answer.is_available and asked.page == 1 and not asked.is_narrowed:
        note_search(asked.q, has_results=bool(answer.results) and not answer.corrected)
    context = {
        "asked": asked,
        "answer": answer,
        "words": answer.asked.words,
        "tabs": presenting.tabs(answer),
        "groups": presenting.grouped(answer),
        "facets": presenting.facets(answer),
        "chosen": presenting.chosen_filters(asked),
        "page_obj": (page := presenting.page_numbers(answer)),
        "first": max(page.start_index(), 1) + (answer.pinned if page.number > 1 else 0),
        "by_relevance": asked.address(sort="relevance"),
        "by_newest": asked.address(sort="newest"),
        "alike_page": alike.page_of(answer.near, asked) if answer.near else "",
        "by_alike": alike.by_alike(asked, request.user),
        "exactly": asked.address(exact=True),
        "with_synonyms": asked.address(exact=False),
        "clear": asked.address(filters={}),
    }
    if asked.is_empty:
        context["lists"] = LISTS
    elif answer.corrected or not answer.results:
        context["raise_it"] = reverse("projects:need_new") + (f"?title={quote(asked.q[:120])}" if asked.q else "")
        context["close"] = [{"word": word, "href": SearchQuery(q=word).address()} for word in answer.close_words]
    return render(request, "search/search.html", context)


def _table(user: AnyUser, asked: SearchQuery) -> Table:
    answer = queries.search(user, asked, size=MOST_PAGES * PAGE_SIZE)
    filters = [f"not understood: {words}" for words in answer.asked.not_understood]
    filters += [f"words “{asked.q}”"] if asked.q else []
    filters += [f"nothing matches them, so for “{answer.corrected}”"] if answer.corrected else []
    filters += [f"kind {KINDS[asked.kind][1]}"] if asked.kind else []
    filters += [
        f"{FACET_NAMES[name]} {', '.join(value_label(name, value) for value in values)}"
        for name, values in asked.filters.items()
    ]
    filters += [f"order: councils like {answer.near.council} first"] if answer.near else []
    made_up = queries.made_up_cells(answer.results)
    return Table(
        name="search",
        title=f"Search results: {len(answer.results):,} of {answer.page.total:,}",
        columns=("Kind", "Title", "Address", "What it is", "More", MADE_UP),
        rows=[
            (
                result.kind,
                "".join(text for text, _ in result.hit.title),
                settings.BASE_URL + result.url,
                result.hit.label,
                joined(result.hit.note, result.standing, result.why),
                made_up[result.hit.key],
            )
            for result in answer.results
        ],
        filters="; ".join(filters) or "none",
    )


@allow(anyone)
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    typed = clean_line(request.GET.get("q", ""))[:MOST_CHARACTERS]
    rows = suggestions(request.user, typed) if len(typed) >= LEAST_LETTERS else []
    return JsonResponse(rows, safe=False)
