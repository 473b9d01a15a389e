"""Text from people: cleaned on the way in, rendered safely on the way out."""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from core.words import counted

# Marks that turn the reading direction, or join and split letters unseen, and can disguise a name or a link.
_DIRECTION = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
# Controls but for line feed and tab, halves of signs, and signs for private use.
_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "h3", "h4"}


def clean_line(value: str) -> str:
    """One line of plain text: no control characters, no direction marks, single spaces, composed letters."""
    return " ".join(clean_text(value).split())


def without_direction_marks(value: str) -> str:
    """Text without marks that turn the reading direction or hide between letters."""
    return value.translate(_DIRECTION)


def clean_text(value: str) -> str:
    """Plain text of several lines: no control characters or direction marks, composed letters, line feeds only."""
    if value.isascii() and value.isprintable():
        return value.strip()
    value = without_direction_marks(unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")))
    return _UNKEPT.sub("", value).strip()


def first_sentence(text: str, *, most: int = 200) -> str:
    """The first sentence of a text, for a list; cut at a word where it is longer than `most` characters."""
    text = clean_line(text)
    sentence = re.match(r".{15,}?[.!?](?=\s+[A-Z0-9“\"])", text)
    return cut_at_word(sentence[0] if sentence else text, most)


def cut_at_word(text: str, most: int) -> str:
    """The text with at most that many characters, ending with “…” after a whole word where more was left out.

    A word that is longer than all of it is cut.
    """
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole = kept if text[most - 1].isspace() else re.sub(r"\S+$", "", kept)
    return f"{(whole.strip() or kept).rstrip(' .,;:–-')}…"


def has_hidden_marks(value: str) -> bool:
    """Whether a text has characters that are invisible or turn the reading direction."""
    if value.isascii() and value.isprintable():
        return False
    return any(ord(c) in _DIRECTION or unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} for c in value)


def markdown(text: str) -> SafeString:
    """People's Markdown as safe HTML: no raw HTML, only http(s) and mailto links, marked as coming from users."""
    html = nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def check_words(value: str, most: int) -> None:
    """Raise ValidationError for text of more than `most` words."""
    if (words := len(re.findall(r"\S+", value))) > most:
        raise ValidationError(f"This has {counted(words, 'word')}. Keep it to {most:,} or fewer.")
