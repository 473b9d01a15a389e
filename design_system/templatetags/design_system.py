"""Template tags, one for each component. A misspelt argument raises an error.

GOV.UK components are rendered by its macros; the site's own by `templates/components/`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import origin as origins
from core.filters import not_used_in_words
from core.text import clean_line, cut_at_word
from design_system import govuk, lines, listings, tables
from design_system.charts import Chart
from design_system.errors import status_of
from design_system.navigation import main_items, section_of
from design_system.strip import Strip, folded

register = template.Library()

LONGEST_IN_CARD = 200  # characters; networks show no more


# The page -------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """“Error: ” before the page's title when a form on the page has errors; notes the response's status."""
    status = status_of(_given(context, BaseForm, BaseFormSet))
    if request := context.get("request"):
        request.status_of_forms = status
    return "Error: " if status != 200 else ""


@register.simple_block_tag(takes_context=True)
def named_in_card(context: template.Context, content: SafeString) -> SafeString:
    """The page's title, kept for `{% social_card %}` further down."""
    context.render_context["title in card"] = content
    return content


@register.simple_block_tag(takes_context=True)
def social_card(context: template.Context, content: SafeString) -> str:
    """What search engines and social networks show of the page: its title, and its description as content, in short.

    Both are text that is escaped already; the picture is `{% card_picture %}`. The address is not said: a page that is
    not found would say the words of whoever asked for it.
    """
    title = context.render_context.get("title in card", "")
    about = cut_at_word(clean_line(unescape(content)), LONGEST_IN_CARD)
    return render_to_string(
        "components/social_card.html",
        {
            "title": " ".join(unescape(title).split()),
            "description": about,
            "site_name": context.get("site_name", ""),
        },
    )


@register.inclusion_tag("components/card_picture.html", takes_context=True)
def card_picture(context: template.Context, path: str = "", shows: str = "") -> dict[str, str]:
    """The picture that social networks show of the page, with what it shows: its own, else the site's mark."""
    if not path:
        path = static("design_system/card.png")
        shows = f"The mark of {context.get('site_name', '')}: four linked rings"
    return {"address": f"{settings.BASE_URL}{path}", "shows": shows}


@register.simple_tag(takes_context=True)
def page_number(context: template.Context, page_obj: Page | None = None) -> str:
    """“, page 2 of 5” after the title of a list's later pages, so that no two pages share a title."""
    page = page_obj or next(_given(context, Page), None)
    return f", page {page.number} of {page.paginator.num_pages}" if page and page.number > 1 else ""


def _given(context: template.Context, *types: type) -> Iterator[Any]:
    """The values of these types in the page's context."""
    values = (value for layer in context.dicts for value in layer.values())
    # By type(): isinstance() would wake what is lazy, and a reader would get the cookie of a form that is not there.
    return (value for value in values if issubclass(type(value), types))


@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> SafeString:
    """The service navigation, with the section of this page marked."""
    request = context.get("request")
    user = context.get("user")
    path = request.path if request else ""
    section = section_of(path)
    is_signed_in = user is not None and user.is_authenticated
    return _navigation(section, is_its_page=path == section, is_signed_in=is_signed_in)


@cache
def _navigation(section: str, *, is_its_page: bool, is_signed_in: bool) -> SafeString:
    """The navigation for pages of this section, which is made once: there are few, and every page shows one."""
    # On a phone there is no room in the header's first line for the way out, so it ends the menu.
    end = render_to_string("components/sign_out_item.html") if is_signed_in else ""
    return govuk.render(
        "service-navigation",
        navigation=main_items(section, is_its_page=is_its_page),
        navigationLabel="Sections",
        menuButtonText="Menu",
        slots={"navigationEnd": end},
    )


@register.simple_tag
def breadcrumbs(*parts: Any) -> SafeString:
    """Breadcrumbs from pairs of text and address; the last text, without address, is this page."""
    items = [{"text": str(parts[n]), "href": parts[n + 1]} for n in range(0, len(parts) - 1, 2)]
    if len(parts) % 2:
        items.append({"text": str(parts[-1])})
    return govuk.render("breadcrumbs", items=items, collapseOnMobile=True)


@register.simple_tag
def breadcrumbs_of(parts: Sequence[Any]) -> SafeString:
    """The same from a list."""
    return breadcrumbs(*parts)


@register.inclusion_tag("components/page_heading.html")
def page_heading(title: str, caption: str = "", lede: str = "") -> dict[str, str]:
    """The page's only h1."""
    return {"title": title, "caption": caption, "lede": lede}


@register.inclusion_tag("components/search_box.html")
def search_box(value: str = "", placeholder: str = "", id: str = "search", header: bool = False) -> dict[str, Any]:
    """The search box, with suggestions while typing where JavaScript runs."""
    return {"value": value, "placeholder": placeholder, "id": id, "header": header}


# Words and marks ------------------------------------------------------------------------------------------


@register.simple_tag
def tag(text: Any, colour: str = "grey") -> SafeString:
    """A tag with a state's word. Its colour only repeats the word."""
    return lines.tag(text, colour)


@register.inclusion_tag("components/verdict.html")
def verdict(state: str, text: str = "") -> dict[str, str]:
    """A shape and a word for the state `yes`, `check`, `no` or `unknown`."""
    words = {"yes": "Yes", "check": "Check", "no": "No", "unknown": "Not known"}
    return {"state": state, "text": text or words[state]}


@register.simple_tag
def illustrative(record: Any) -> SafeString:
    """The mark of a record that has a source or was made up; empty for records that people entered."""
    return lines.origin(record)


@register.simple_tag
def shared_origin(rows: list[Any]) -> SafeString:
    """The mark that all these rows or records share, to print once above them; empty where they differ."""
    return lines.shared_origin(rows)


@register.simple_tag(takes_context=True)
def person(context: template.Context, user: Any, role: str = "a council officer") -> str:
    """A person's name for readers who are signed in; only their role for others."""
    reader = getattr(context.get("request"), "user", None)
    if user is not None and reader is not None and reader.is_authenticated:
        return str(user)
    return role


@register.filter(is_safe=True)
def sentence_case(text: str) -> str:
    """Sentence case for allauth's headings: “Sign In” as “Sign in”. Words in capitals stay."""
    text = our_spelling(text).strip()
    return text[:1] + re.sub(r"(?<=[\s-])[A-Z](?=[a-z])", lambda found: found[0].lower(), text[1:])


@register.filter(is_safe=True)
def our_spelling(text: str) -> str:
    """House spelling for allauth's sentences: “Email” as “E-mail”. Addresses and links stay."""
    return re.sub(r"(?<![\w@./:+-])([Ee])mail(?=s?\b(?!@|[./+-]\w))", r"\1-mail", str(text))


@register.filter
def made_up(record: Any) -> SafeString:
    """The tag “illustrative” or “illustrative in part” after a comma; empty for other records."""
    words = origins.made_up(record)
    return format_html(', <span class="lda-origin">{}</span>', words) if words else SafeString()


# Facts, figures, steps ------------------------------------------------------------------------------------


@register.inclusion_tag("components/facts.html")
def facts(pairs: list, record: Any = None) -> dict[str, Any]:
    """Facts in one line under the heading, from label, value and perhaps an address. Empty values are left out.

    `record` adds its mark at the end of the line.
    """
    rows = [dict(zip(("label", "value", "url"), pair, strict=False)) for pair in pairs]
    has_mark = getattr(record, "is_illustrative", False) or getattr(record, "source", "")
    return {"rows": [row for row in rows if row["value"] not in (None, "")], "record": record if has_mark else None}


@register.inclusion_tag("components/figure.html")
def figure(number: Any, label: str = "", note: str = "", href: str = "") -> dict[str, Any]:
    """A large number with what it counts and its base."""
    return {"number": number, "label": label, "note": note, "href": href}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The four steps with their dates: `{label, note, state}`, state past, present or future."""
    return {"steps": steps}


@register.simple_tag
def fold_story(nodes: list[dict[str, Any]]) -> Strip:
    """The nodes of a story strip as a `Strip`, with its folded runs."""
    return folded(list(nodes or []))


@register.inclusion_tag("components/bar.html")
def bar(value: Any, most: Any, colour: str = "") -> dict[str, Any]:
    """A bar of `value` out of `most`, to decorate a printed number; hidden from screen readers."""
    try:
        share = max(0.0, min(100.0, 100 * float(value) / float(most)))
    except (TypeError, ValueError, ZeroDivisionError):
        share = 0.0
    return {"percentage": f"{share:.2f}", "colour": colour}


@register.inclusion_tag("components/chart.html")
def chart(drawn: Chart, show_title: bool = True, show_table: bool = True) -> dict[str, Any]:
    """A chart of `design_system.charts`, with its numbers as a folded table.

    Leave out the title where a heading above says it, and the table where the page has one.
    """
    return {"chart": drawn, "show_title": show_title, "show_table": show_table}


# Lists and tables -----------------------------------------------------------------------------------------


@register.simple_block_tag
def rows(content: SafeString, label: str = "") -> SafeString:
    """A ruled list, whose content are `{% row %}`s."""
    return render_to_string("components/rows.html", {"content": content, "label": label})


@register.simple_tag
def row(
    title: Any,
    url: str = "",
    when: Any = "",
    when_note: Any = "",
    note: Any = "",
    tag_text: Any = "",
    tag_colour: str = "grey",
    record: Any = None,
) -> SafeString:
    """One row of a ruled list. `record` adds its mark: illustrative, or its source."""
    mark = lines.tag(tag_text, tag_colour) if tag_text else SafeString()
    return lines.row(title, url=url, when=when, when_note=when_note, note=note, mark=mark, record=record)


@register.inclusion_tag("components/data_table.html")
def data_table(
    caption: str, columns: list, rows: list, download: str = "", hide_caption: bool = False, compact: bool = False
) -> dict:
    """A table; on a phone each row is a card. `download` is the address of the page that gives its rows as a file.

    A column is words or `(words, "numeric")`; a cell is a value or `(value, address)`. `design_system.lines` makes the
    values that are more than words: a mark, a link, small letters below. With `compact`, for a few short numbers, it
    stays a table on all but the narrowest phones.
    """
    heads = tables.heads_of(columns)
    return {
        "caption": caption,
        "head": tables.head(heads),
        "body": tables.body(heads, rows),
        "has_cards": len(heads) > 2 and not compact,  # two columns fit a phone as they are
        "is_compact": compact,
        "folded": 0 if compact else tables.rows_to_unfold(heads, rows),
        "download": download,
        "hide_caption": hide_caption,
    }


@register.inclusion_tag("components/contents_list.html")
def contents_list(sections: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The sections of a long page as links, each `(anchor, words)`; nothing where there is only one."""
    return {"sections": sections if len(sections) > 1 else ()}


@register.inclusion_tag("components/downloads.html")
def downloads(address: str, of: Any, what: str = "") -> dict[str, Any]:
    """Links to a page's rows as files. `address` is the page with its filters; `of` is for screen readers only."""
    joint = "" if address.endswith("?") else "&" if "?" in address else "?"
    return {"address": f"{address}{joint}format=", "of": of, "what": what}


@register.simple_tag
def summary_list(pairs: list) -> SafeString:
    """A list of keys, values and perhaps addresses. Empty values are left out."""
    shown = []
    for pair in pairs:
        value = lines.link(pair[1], pair[2]) if len(pair) > 2 and pair[2] else pair[1]
        if value not in (None, ""):
            shown.append({"key": {"text": str(pair[0])}, "value": govuk.words_or_html(value)})
    return govuk.render("summary-list", rows=shown) if shown else SafeString()


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page_obj: Any) -> SafeString:
    """Links to the pages of a list, which keep the query string; empty for a single page."""
    pages = page_obj.paginator
    if pages.num_pages < 2:
        return SafeString()
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request else QueryDict(mutable=True)
        query["page"] = str(number)
        return "?" + query.urlencode()

    items = [
        {"ellipsis": True}
        if number == pages.ELLIPSIS
        else {"number": number, "href": address(number), "current": number == page_obj.number}
        for number in pages.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    ends: dict[str, Any] = {}
    if page_obj.has_previous():
        ends["previous"] = {"href": address(page_obj.number - 1)}
    if page_obj.has_next():
        ends["next"] = {"href": address(page_obj.number + 1)}
    return govuk.render("pagination", items=items, landmarkLabel="Pages", **ends)


@register.inclusion_tag("components/tabs_nav.html")
def tabs_nav(items: list[dict[str, Any]], label: str = "Views") -> dict[str, Any]:
    """Links that look like tabs, from `{text, href, count, current}`."""
    return {"items": items, "label": label}


# Notices --------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", action: str = "", href: str = "") -> dict[str, str]:
    """The message of an empty list, with what to do next."""
    return {"title": title, "text": text, "action": action, "href": href}


@register.inclusion_tag("components/notice.html")
def notice(text: str) -> dict[str, str]:
    """A notice to read before the page; nothing without words."""
    return {"text": text}


@register.inclusion_tag("components/notice.html")
def not_understood(values: Sequence[str]) -> dict[str, str]:
    """A notice of what in the address means nothing and was not used; nothing where all was understood."""
    return {"text": not_used_in_words(values)}


@register.simple_tag
def warning_text(text: str) -> SafeString:
    """A warning of consequences that cannot be undone."""
    return govuk.render("warning-text", iconFallbackText="Warning", **govuk.words_or_html(text))


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """An indented block."""
    return govuk.render("inset-text", html=str(content))


@register.simple_block_tag
def details(content: SafeString, summary: str, is_open: bool = False) -> SafeString:
    """A block of text folded behind its summary."""
    return govuk.render("details", summaryText=str(summary), html=str(content), open=is_open)


# Lists that readers narrow --------------------------------------------------------------------------------


@register.simple_tag
def facet(each: Any) -> SafeString:
    """One facet of a list: its options to tick, with counts."""
    return listings.facet(each)


@register.inclusion_tag("components/listing.html", takes_context=True)
def listing(context: template.Context, found: Any, feed: str = "", calendar: str = "", heading: str = "h2") -> dict:
    """A listing: filters with counts, removable words, order, rows, page links, and links to files and feed.

    `found` comes from `core.listing.find`. `heading` is that of each row, where the list stands below another heading.
    """
    return {
        "found": found,
        "boxes": found.boxes,
        "facets": SafeString("".join(facet(each) for each in found.facets)),
        "lines": listings.lines(found, heading=heading) if found.lines else "",
        "feed": feed,
        "calendar": calendar,
        "request": context.get("request"),
    }
