"""Counts, days, lists, percentages and money are put into words in `core/words.py` and `core/figures.py` alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
FOLDERS = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
# Files that may do otherwise, each with its reason.
SAYS_IT = {
    "core/words.py": "the functions themselves",
    "core/figures.py": "the figures themselves",
    "portal/supervisor.py": "the time in the terminal of whoever runs the site",
    "portal/status/health.py": "a time in UTC, for a machine that watches",
    "portal/settings/env.py": "a sentence in the terminal before anything can be imported",
    "design_system/svg.py": "a place in a drawing, in per cent of its width",
    "portal/demo/screens.py": "the drawn screen of a prototype that is not ours",
}
TEMPLATE_RULES = {
    "a day or time, for core.words": r"\|(date|time)\b(?!:\"Y-m-d\")|\{\{ ?[\w.]+(?<!\bas)_(on|at) ?\}\}|\{% now\b",
    "a count, for core.words": r"\|(pluralize|intcomma|apnumber)\b",
    "a list, for core.words": r"forloop\.last %\} (and|or) ",
    "a percentage, for core.figures": r"(\}\}|%\}|\|add:\")(\s|&nbsp;)*(%(?!\})|per ?cent)|\|floatformat\b",
    "a sum of money, for core.figures": r"(£|&pound;)(\s|&nbsp;)*(\{[{%]|\"\|add:)",
    "a year with a comma": r"\{\{ ?[\w.]*year ?\}\}",
}
STYLES = re.compile(r"(?:style=\"[^\"]*\"|<style.*?</style>|<script.*?</script>)", re.DOTALL)


def offences_of_template(text: str) -> list[str]:
    """Which of the rules a template breaks. Widths and heights in styles are no words."""
    text = STYLES.sub("", text)
    return [f"{why}: {found[0]}" for why, rule in TEMPLATE_RULES.items() for found in re.finditer(rule, text)]


def offences_of_python(source: str) -> Iterator[str]:
    """What the strings and calls of a module say by hand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield from _in_string(node)
        elif isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.IfExp):
            if {getattr(branch, "value", None) for branch in (node.body, node.orelse)} == {"", "s"}:
                yield "a plural s, for core.words"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if _begins(node.right, "%") or _ends(node.left, "£"):
                yield "a percentage or a sum of money, for core.figures"
        elif re.search(r"\{[^{}]*\} ?%|%[sd]%%|£ ?(\{|%[sd.])", _text(node)):
            yield "a percentage or a sum of money, for core.figures"


def _in_string(node: ast.JoinedStr) -> Iterator[str]:
    for before, after in zip([None, *node.values], [*node.values, None], strict=True):
        if isinstance(before, ast.FormattedValue) and _begins(after, "%"):
            yield "a percentage, for core.figures"
        if isinstance(after, ast.FormattedValue) and _ends(before, "£"):
            yield "a sum of money, for core.figures"
    for part in node.values:
        spec = ast.unparse(part.format_spec) if isinstance(part, ast.FormattedValue) and part.format_spec else ""
        if re.search(r"%-?[A-Za-z]", spec) and "%Y-%m" not in spec:  # which a machine reads
            yield "a day or time, for core.words"
        if spec.endswith(("%'", '%"')):
            yield "a percentage, for core.figures"


def _in_call(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
    if name == "date_format" or (name == "strftime" and "%Y-%m" not in str(first)):
        yield "a day or time, for core.words"
    if name in {"intcomma", "apnumber", "naturalday", "pluralize", "ngettext"}:
        yield "a count, for core.words"
    if name == "join" and isinstance(node.func, ast.Attribute) and _text(node.func.value) in {" and ", " or "}:
        yield "a list, for core.words"
    if name == "pounds":
        yield "a sum of money, for core.figures"


def _text(node: ast.AST | None) -> str:
    value = getattr(node, "value", "")
    return value if isinstance(node, ast.Constant) and isinstance(value, str) else ""


def _begins(node: ast.AST | None, mark: str) -> bool:
    return bool(re.match(rf"\s?{mark}|\s?per ?cent", _text(node)))


def _ends(node: ast.AST | None, mark: str) -> bool:
    return _text(node).rstrip().endswith(mark)


def modules() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "{{ share }}%", "{{ share }} %", "{{ share }}&nbsp;%", "£{{ sum }}", "£ {{ sum }}", "{{ n|floatformat:1 }}",
        "{{ n }} need{{ n|pluralize }}", "{{ day|date:'j F Y' }}", "{{ need.raised_at }}", "{{ project.year }}",
        "{{ n|intcomma }}",
        '{% figure "£"|add:sum "saved" %}', "{% for a in b %}{% if forloop.last %} and {% endif %}{{ a }}{% endfor %}",
        "{% if a %}{{ share }}{% endif %}%",
    ],
)  # fmt: skip
def test_a_template_that_says_it_by_hand_is_found(text):
    """The control."""
    assert offences_of_template(text)


@pytest.mark.parametrize(
    "code",
    [
        'f"{share}%"', 'f"{share:.0f} %"', 'f"{share:.0%}"', 'f"£{amount:,}"', 'str(share) + "%"', '"£" + amount',
        '"{}%".format(share)', '"%d%%" % share', 'f"{n} need{\'\' if n == 1 else \'s\'}"', '" and ".join(names)',
        'f"{day:%d %B}"', 'f"{day:%-d %b %Y}"', 'day.strftime("%d %B")', 'date_format(day, "j F Y")', "intcomma(n)",
        "pounds(amount)",
    ],
)  # fmt: skip
def test_a_module_that_says_it_by_hand_is_found(code):
    """The control."""
    assert list(offences_of_python(code))


@pytest.mark.parametrize(
    "code", ['f"{day:%Y-%m-%d}"', '"20% less"', '"£ a year"', 'f"{share.with_unit} of those"', '", ".join(names)']
)
def test_what_a_machine_reads_and_words_without_a_number_are_let_be(code):
    assert list(offences_of_python(code)) == []
    assert offences_of_template('<div style="width: {{ n }}%"> <time datetime="{{ day|date:"Y-m-d" }}">') == []


def test_every_template_says_counts_days_lists_shares_and_money_through_the_house():
    pages = (path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
    wrong = {page.relative_to(TEMPLATES).as_posix(): offences_of_template(page.read_text()) for page in pages}

    assert {page: found for page, found in wrong.items() if found} == {}


def test_every_module_says_counts_days_lists_shares_and_money_through_the_house():
    wrong = {name: list(offences_of_python(text)) for name, text in modules()}

    assert {name: found for name, found in wrong.items() if found and name not in SAYS_IT} == {}
    assert [name for name in SAYS_IT if not wrong.get(name)] == [], "These need no exception any more"
