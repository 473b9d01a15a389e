"""A post is answered in one place: nobody else catches a refusal, or looks by hand whether a form was sent."""

import ast

from django.conf import settings

OURS = [path.parent for path in settings.BASE_DIR.glob("*/__init__.py") if path.parent.name != "tests"]
# Who else catches a refusal, and why.
CATCHES = {
    "core/answering.py": "the one way",
    "assets_registry/operations/register.py": "asks what an entry would be refused for, and keeps nothing",
    "assets_registry/management/commands/import_legacy_assets.py": "a command answers with a CommandError",
    "councils/management/commands/import_council_figures.py": "a command answers with a CommandError",
    "councils/management/commands/import_website_stars.py": "a command answers with a CommandError",
    "councils/management/commands/import_councils.py": "a command answers with a CommandError",
    "councils/management/commands/import_services.py": "a command answers with a CommandError",
    "kpis/management/commands/import_facts.py": "a command answers with a CommandError",
    "kpis/management/commands/import_returns.py": "a command answers with a CommandError",
    "kpis/management/commands/import_top20.py": "a command answers with a CommandError",
    "kpis/volumes/reading.py": "gathers what is wrong with each row of a file",
    "surveys/management/commands/import_survey.py": "a command answers with a CommandError",
    "surveys/release/operations/closing.py": "the portal tries again to close a survey whose key is not to be had now",
    "surveys/waves/operations.py": "says of which question in the file the rule of questions speaks",
    "publishing/bundles/operations.py": "time releases what can go out, and the rest a minute later",
    "councils/reorganising.py": "time carries out what is due, and one that cannot be keeps back no other",
    "voting/outcome/operations.py": "the portal tries again to close a vote whose key is not to be had now",
}


def sources():
    for app in OURS:
        for path in app.rglob("*.py"):
            yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text()


def refusals():
    """`Refused` and every class of ours that is one."""
    classes = [node for _, text in sources() if "Refused" in text for node in ast.walk(ast.parse(text))]
    kinds = {node.name for node in classes if isinstance(node, ast.ClassDef) and "Refused" in names_in(*node.bases)}
    return {"Refused", *kinds}


def names_in(*nodes):
    within = [each for node in nodes for each in ast.walk(node)]
    return {each.id for each in within if isinstance(each, ast.Name)} | {
        each.attr for each in within if isinstance(each, ast.Attribute)
    }


def caught(node):
    """What an `except` or a `suppress` names."""
    if isinstance(node, ast.ExceptHandler) and node.type:
        return names_in(node.type)
    is_suppress = isinstance(node, ast.Call) and "suppress" in names_in(node.func)
    return names_in(*node.args) if is_suppress else set()


def is_bound_by_hand(node):
    """`request.POST or None`, `request.POST if … else None`."""
    if isinstance(node, ast.IfExp):
        return "POST" in names_in(node.body) and isinstance(node.orelse, ast.Constant) and node.orelse.value is None
    return isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and ast.unparse(node) == "request.POST or None"


def calls_by_hand(node):
    """An operation called with `by=request.user`, without the answer that goes with it."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("operations.")
        and any(word.arg == "by" and ast.unparse(word.value) == "request.user" for word in node.keywords)
    )


def given_to_pressed(node):
    """The names of what a call of `pressed` is given."""
    is_pressed = isinstance(node, ast.Call) and ast.unparse(node.func) == "pressed"
    return {word.arg for word in node.keywords} if is_pressed else set()


def is_valid_then_pressed(node):
    """`if form.is_valid():` with a `pressed(…)` inside."""
    return "is_valid" in names_in(node.test) and "pressed" in names_in(*node.body)


def found(is_one, marks):
    """The files with such a node, among those that have one of the marks in their text."""
    texts = [(name, text) for name, text in sources() if any(mark in text for mark in marks)]
    return {name for name, text in texts if any(is_one(node) for node in ast.walk(ast.parse(text)))}


def test_nobody_else_catches_a_refusal():
    """Else a button ends with `pressed`, a form with `answered`; a check on the way is made in `caught_in`."""
    kinds = refusals()

    assert {"Refused", "TooLate"} <= kinds
    assert found(lambda node: kinds & caught(node), kinds) == set(CATCHES)


def test_a_button_takes_no_form_in_which_people_type():
    """Else it is answered by `answered`, and the page that comes back holds what was typed."""
    with_form = found(lambda node: "form" in given_to_pressed(node), ["pressed("])
    after_a_form = found(lambda node: isinstance(node, ast.If) and is_valid_then_pressed(node), ["pressed("])

    # A role, what becomes of a place on a roll, whether a body comes, which way an item moves: chosen from a list.
    of_the_board = {"steering/views/agenda.py", "steering/views/meetings.py"}
    assert with_form == {"councils/views/membership.py", "events/desk/views.py", *of_the_board}
    assert after_a_form == set()


def test_a_form_without_fields_is_a_button():
    """Else its page has no error summary, and a refusal comes back as if all were well."""
    without_fields = found(
        lambda node: isinstance(node, ast.Call) and ast.unparse(node.func) in {"Form", "forms.Form"}, ["Form("]
    )

    assert without_fields == set()


def test_nobody_else_writes_a_refusal_as_a_message():
    """Else the operation raises `Refused`, and `pressed` or `answered` says it."""
    by_hand = found(
        lambda node: isinstance(node, ast.Call) and ast.unparse(node.func) == "messages.error", ["messages"]
    )

    assert by_hand == {"core/answering.py"}


def test_no_view_binds_a_form_or_calls_an_operation_by_hand():
    """Else it asks `posted(request)`, and hands the operation to `answered` or `pressed`."""
    by_hand = found(lambda node: is_bound_by_hand(node) or calls_by_hand(node), ["request.POST", "operations."])

    # A vote's receipt is shown on the page that answers, and on no other, so none is led to. That a restricted paper
    # was read, or all of them taken out, is written down as they are served.
    assert by_hand == {"core/answering.py", "steering/views/papers.py"}
