"""What people type is cleaned on the way in and safe on the way out."""

import pytest
from django.core.exceptions import ValidationError

from core.links import check_repository
from core.text import clean_line, clean_text, cut_at_word, first_sentence, markdown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words \n", "two words"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("Tŷ’r bin 🗑️ <b>", "Tŷ’r bin 🗑️ <b>"),
        ("e\u0301", "é"),
    ],
)
def test_a_line_keeps_its_letters_and_loses_what_cannot_be_seen(typed, kept):
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("words", "most", "cut"),
    [
        ("the contact centre", 18, "the contact centre"),
        ("the contact centre rang", 17, "the contact…"),
        ("the contact centre", 12, "the contact…"),
        ("bins, sacks, boxes", 13, "bins, sacks…"),
        ("Missedbinscollections", 8, "Missedb…"),
        ("", 5, ""),
    ],
)
def test_what_is_too_long_ends_with_a_whole_word(words, most, cut):
    assert cut_at_word(words, most) == cut
    assert len(cut) <= most


def test_a_first_sentence_that_is_too_long_ends_with_a_whole_word():
    assert first_sentence("Residents rang the contact centre about a bin twice", most=26) == "Residents rang the…"


def test_text_keeps_its_lines():
    assert clean_text("one\r\ntwo\rthree\x00") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](data:text/html,x)", '<img src=x onerror="a">'],
)
def test_markdown_from_people_carries_no_script(typed):
    html = str(markdown(typed))

    assert "<script" not in html
    assert 'href="javascript:' not in html
    assert "<img" not in html


def test_a_link_from_people_says_so():
    assert 'rel="nofollow ugc noopener"' in markdown("[docs](https://example.org)")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://github.com/harlow/bins", ""),
        ("https://www.llyfrgell.cymru/gwasanaethau?a=1#b", ""),
        ("https://8.8.8.8/", ""),
        ("http://localhost:8000/", "private network"),
        ("http://intranet.harlow.local/", "private network"),
        ("http://127.0.0.1/", "private network"),
        ("http://10.1.2.3/", "private network"),
        ("http://172.16.0.1/", "private network"),
        ("http://192.168.1.1/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://metadata.google.internal./", "private network"),
        ("http://[::1]/", "private network"),
        ("http://[fd00::1]/", "private network"),
        ("http://[::ffff:10.0.0.1]/", "private network"),
        ("http://127.1/", "begins with"),
        ("http://2130706433/", "begins with"),
        ("https://example.org/\u202egpj.exe", "cannot be seen"),
        ("https://exam\u200bple.org/", "cannot be seen"),
        ("https://amina:secret@example.org/", "password"),
        ("javascript:alert(1)", "begins with"),
    ],
)
def test_a_link_leads_to_the_public_web_and_hides_nothing(address, why):
    try:
        check_repository(address)
        said = ""
    except ValidationError as problem:
        said = str(problem.message)

    assert why in said if why else not said
