"""What a link or button says makes sense alone: in a list of links, read out, without what stands around it."""

import re

from django.conf import settings
from django.template import Context, Template

FOLDER = settings.BASE_DIR / "templates"
# One place for all of them, told by its heading: the gallery of components.
SHOWS_COMPONENTS = FOLDER / "design_system"
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
EMPTY_WORDS = {
    "here",
    "more",
    "read more",
    "this",
    "link",
    "change",
    "remove",
    "edit",
    "view",
    "see",
    "show",
    "details",
}
EMPTY_WORDS |= {"download", "download as csv", "spreadsheet (xlsx)", "atom feed", "open", "delete", "undo", "a project"}
REPEATED = re.compile(
    r"\{% (?P<loop>for|endfor)\b[^%]*%\}|(?P<tag>\{% (?:button|details) [^%]*%\})"
    r"|<(a|button)\b[^>]*>(?P<words>.*?)</\3>",
    re.DOTALL,
)


def pages():
    return [(path, path.read_text()) for path in FOLDER.rglob("*.html") if SHOWS_COMPONENTS not in path.parents]


def test_no_link_says_only_what_every_link_could_say():
    wrong = [
        f"{path.name}: {words}"
        for path, text in pages()
        for words in LINK.findall(text)
        if " ".join(words.split()).strip(" .").lower() in EMPTY_WORDS
    ]

    assert wrong == []


def repeated_words(text: str) -> list[str]:
    """The links and buttons inside a loop whose words are the same in every turn of it."""
    depth, found = 0, []
    for part in REPEATED.finditer(text):
        if part["loop"]:
            depth += 1 if part["loop"] == "for" else -1
        elif depth and part["tag"]:
            says_what = not re.match(r'\{% \w+ "[^"]*"(?!\|)', part["tag"]) or re.search(
                "about=|aria_label=", part["tag"]
            )
            found += [] if says_what else [part["tag"]]
        elif depth and not re.search(r"\{\{|\{% (marked|person|include)", part["words"]):
            found.append(part[0])
    return found


def test_what_stands_once_for_each_line_of_a_list_says_which_line():
    wrong = {path.relative_to(FOLDER).as_posix(): said for path, text in pages() if (said := repeated_words(text))}

    assert wrong == {}


def test_what_a_button_is_about_is_heard_and_not_seen():
    html = Template('{% button "End" about=who %}').render(Context({"who": "Bo <b>"}))

    assert 'End<span class="govuk-visually-hidden"> Bo &lt;b&gt;</span>' in html
