"""Parts of the search page: tabs, filters with counts, page numbers."""

from django.core.paginator import Paginator

from core.filters import FacetValue
from core.listing import ShownFacet, folded
from search.asking import FACET_NAMES, SearchQuery, value_label
from search.documents import KINDS
from search.port import MOST_PAGES, PAGE_SIZE
from search.queries import Answer, Result


def tabs(answer: Answer) -> list[dict]:
    """The tabs: all, then each kind with results; counts ignore which tab is chosen."""
    asked, kinds = answer.asked, answer.page.kinds
    everything = {
        "text": "All",
        "href": asked.address(kind=""),
        "count": sum(kinds.values()),
        "current": not asked.kind,
    }
    shown = [name for name in KINDS if kinds.get(name) or name == asked.kind]
    return [
        everything,
        *(
            {
                "text": KINDS[name][1],
                "href": asked.address(kind=name),
                "count": kinds.get(name, 0),
                "current": name == asked.kind,
            }
            for name in shown
        ),
    ]


def facets(answer: Answer) -> list[ShownFacet]:
    """The facets with their values, those chosen first, then by number of results."""
    shown = []
    for name, title in FACET_NAMES.items():
        counts = answer.page.facets.get(name, {})
        chosen = answer.asked.filters.get(name, ())
        options = [FacetValue(value, value_label(name, value), counts.get(value, 0), True) for value in chosen]
        options += sorted(
            (
                FacetValue(value, value_label(name, value), n, False)
                for value, n in counts.items()
                if value not in chosen
            ),
            key=lambda option: (-option.count, option.label) if name != "year" else (0, -int(option.value)),
        )
        if options:
            shown.append(folded(name, title, options, len(chosen)))
    return shown


def chosen_filters(asked: SearchQuery) -> list[dict[str, str]]:
    """Each filter in use, with the address of the search without it."""
    return [
        {"label": value_label(name, value), "href": asked.without(name, value).address()}
        for name, values in asked.filters.items()
        for value in values
    ]


def grouped(answer: Answer) -> list[tuple[Result, list[Result]]]:
    """The results of the page in their order, each with the later ones of its chain, which stand beneath it.

    Where readers chose an order or one kind, every result stands for itself.
    """
    is_grouped = answer.asked.q and answer.asked.sort == "relevance" and not answer.asked.kind
    groups: dict[str, list[Result]] = {}
    for result in answer.results:
        groups.setdefault((is_grouped and result.chain) or result.hit.key, []).append(result)
    return [(first, others) for first, *others in groups.values()]


def page_numbers(answer: Answer):
    """The page links, at most MOST_PAGES; pinned results stand on the first page besides its own."""
    reachable = range(min(answer.page.total - answer.pinned, MOST_PAGES * PAGE_SIZE))
    return Paginator(reachable, PAGE_SIZE).get_page(answer.asked.page)
