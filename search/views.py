from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.csv import csv_response
from core.permissions import anyone, door
from core.text import clean_line
from search import presenting, queries
from search.asking import FACET_NAMES, Asked, services, value_label
from search.documents import KINDS
from search.port import MOST_PAGES, MOST_SUGGESTIONS, PAGE_SIZE
from search.words import MOST_CHARACTERS, read, words_of

MOST_SERVICES = 3


@door(anyone)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = Asked.from_query(request.GET)
    if request.GET.get("format") == "csv":
        return _as_csv(request, asked)
    answer = queries.search(request.user, asked)
    context = {
        "asked": asked,
        "answer": answer,
        "words": answer.asked.words,
        "tabs": presenting.tabs(answer),
        "facets": presenting.facets(answer),
        "chosen": presenting.chosen_filters(asked),
        "page_obj": presenting.page_numbers(answer),
        "by_relevance": asked.address(sort="relevance"),
        "by_newest": asked.address(sort="newest"),
        "exactly": asked.address(exact=True),
        "with_synonyms": asked.address(exact=False),
        "clear": asked.address(filters={}),
        "csv_url": asked.address() + "&format=csv",
    }
    if not answer.results and answer.is_available:
        context["title_of_need"] = quote(asked.q[:120])
        context["close"] = [{"word": word, "href": Asked(q=word).address()} for word in answer.close_words]
    return render(request, "search/search.html", context)


def _as_csv(request: HttpRequest, asked: Asked) -> HttpResponse:
    answer = queries.search(request.user, asked, size=MOST_PAGES * PAGE_SIZE)
    filters = [f"words “{asked.q}”"] if asked.q else []
    filters += [f"kind {KINDS[asked.kind][1]}"] if asked.kind else []
    filters += [
        f"{FACET_NAMES[name]} {', '.join(value_label(name, value) for value in values)}"
        for name, values in asked.filters.items()
    ]
    return csv_response(
        f"Search results: {len(answer.results):,} of {answer.page.total:,}",
        ["Kind", "Title", "Address", "What it is", "More"],
        (
            [
                result.kind,
                "".join(text for text, _ in result.hit.title),
                request.build_absolute_uri(result.url),
                result.hit.label,
                result.hit.note,
            ]
            for result in answer.results
        ),
        filters="; ".join(filters) or "none",
        name="search",
    )


@door(anyone)
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What begins with what is being typed: services first, then titles that everybody may see."""
    typed = clean_line(request.GET.get("q", ""))[:MOST_CHARACTERS]
    if len(typed) < 2:
        return JsonResponse([], safe=False)
    found = list(_services(typed))[:MOST_SERVICES]
    found += queries.suggest(typed, MOST_SUGGESTIONS - len(found))
    return JsonResponse(found, safe=False)


def _services(typed: str) -> Iterator[dict[str, str]]:
    """Services whose name has a word that begins so, or that a synonym names."""
    words = words_of(typed)
    if not words:
        return
    also = [phrase for term in read(typed).terms for phrase in term.also]
    for slug, name in services().items():
        names = words_of(name)
        begins = all(any(part.startswith(word) for part in names) for word in words)
        if begins or any(set(phrase) <= set(names) for phrase in also):
            yield {"text": name, "url": Asked(filters={"service": (slug,)}).url, "kind": "Service"}
