"""A file says the same to the parser in C, which reads quickly, and to the one in Python, whatever stands in it."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from assets_registry.publiccode import Unreadable, export, find, is_too_long, reading, written
from tests.assets_registry.test_publiccode import BOMB, GOOD
from tests.assets_registry.test_standard import EVERY_KEY

FILES = {path.stem: path.read_text() for path in sorted(Path(__file__).with_name("files").glob("*.yml"))}
ODD = [
    "a: b # c",
    "---\na: b\n...",
    "# only a comment",
    "a: |\n  one\n  # no comment\n\nb: >-\n  two\n  three\n# a comment",
    "a: |\n  one\n# a comment\nb: c",
    "'a': \"b\\u00e9\\t\\x07\"",
    "a: [1, {b: c}, 'd''e']",
    "? a\n: b",
    "a: !x b",
    "a: &x b\nc: *x",
    "<<: {a: b}",
    "a:\r\n  b: c\r\n# d\r\ne: f",
    "a: b\u0085c\u2028d",
    "é: \u200f\u202egnol\u200b",
    "a: 'x\n\n  y'",
    "a: [",
    "- - - a",
    "a: b: c",
    "\ta: b",
    "a: {b: c # d\n  , e: f}",
    "%YAML 1.1\n---\na: b",
    "a: b\n---\nc: d",
    '"a\nb": c',
    "a: @b",
    "a: ''",
    "a: ~",
    "a: \0",
    "a: \x07",
    "a: \ud800",
]


def said(text: str, parser: type) -> tuple | None:
    """What a text says by one of the parsers; None where it is refused, whose words may be each parser's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_PARSER", parser)
        try:
            found = find(text)
        except Unreadable:
            return None
        return found.data, found.dropped, found.lines


@pytest.mark.parametrize("text", [*FILES.values(), GOOD, BOMB, written(EVERY_KEY), *ODD])
def test_both_parsers_read_the_same_data_lines_and_comments(text):
    assert said(text, yaml.CSafeLoader) == said(text, yaml.SafeLoader)


def test_files_that_were_damaged_at_random_say_the_same_to_both_where_both_take_them():
    dice = random.Random(2014)
    texts = [*FILES.values(), GOOD, written(EVERY_KEY)]
    taken = 0
    for _ in range(300):
        text = list(dice.choice(texts)[:1500])
        for _ in range(dice.randint(1, 4)):
            text[dice.randrange(len(text))] = dice.choice("\n :#-[]{}'\"|>&*!?,%é\t")
        one, other = (said("".join(text), parser) for parser in (yaml.CSafeLoader, yaml.SafeLoader))

        assert one is None or other is None or one == other
        taken += bool(one and other)
    assert taken > 50


DEEP = ["[", "{a: ", "- ", "? ", "[[", "{", "a: [", "!x [", '["', "(", "[\n"]
READ_ALL = """
import sys, django; django.setup()
from assets_registry.publiccode.reading import Unreadable, find
for text in sys.argv[1:]:
    try:
        find(text * (60_000 // len(text)))
    except Unreadable:
        print(repr(text), flush=True)
"""


def test_no_nesting_ends_the_process():
    """All are read in one process of their own, which says of each that it was refused before it reads the next."""
    done = subprocess.run([sys.executable, "-c", READ_ALL, *DEEP], capture_output=True, text=True, check=False)

    assert done.stdout.splitlines() == [repr(text) for text in DEEP], "The next one ended the process or was read."
    assert done.returncode == 0


def test_what_is_not_written_to_find_out_whether_it_is_too_long_is_short(monkeypatch):
    dice, asked = random.Random(2014), []
    monkeypatch.setattr(export, "written", lambda data: asked.append(data) or "")
    all_short = []
    for _ in range(600):
        data = {}
        for _ in range(dice.randint(1, 12)):
            key = "k" * dice.randint(1, 12)
            text = dice.choice(["a\n", "é ", "x", "\u2028", "1", "a b "]) * dice.randint(1, 1500)
            deep = [[[[[[[[1, 2, 3] * dice.randint(1, 400)]]]]]]]
            data[f"{key}{len(data)}"] = dice.choice([text, [text[:50]] * 9, {key: {key: text}}, deep, "", None, True])
        asked.clear()
        assert not is_too_long(data)
        if not asked:
            all_short.append(data)

    assert len(all_short) > 60
    assert all(len(written(data).encode()) <= reading.MOST_BYTES for data in all_short)


def test_what_may_be_too_long_is_measured_as_it_is_written():
    for length in (reading.MOST_BYTES - 200, reading.MOST_BYTES + 200):
        data = {"name": "x" * length}

        assert is_too_long(data) == (len(written(data).encode()) > reading.MOST_BYTES) == (length > reading.MOST_BYTES)
