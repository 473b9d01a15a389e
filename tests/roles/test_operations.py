"""Every operation is tried as everybody, against docs/who-may.md: where it says no they are refused, else it is done.

Each try is of a record of their own council, of another's, and, where the table says so, of their own; and undone.
"""

import ast
from collections.abc import Callable
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied

from core.errors import Refused
from councils.models import Organisation
from portal.who_may import Act, rows
from tests.factories.councils import OrganisationFactory
from tests.roles.people import WHO_TRIES, WHOSE, Cast, make, rights_of, tries
from tests.roles.scenes import SCENES, council_of
from tests.roles.undoing import afresh, undone

# What takes `by` and asks nothing of them, and who has asked before.
ASKS_NOTHING = {
    "log_reading": "writes a line of the audit trail about a page that was asked for",
    "import_returns": "an operator runs it by a command",
    "keep_given": "return_services has asked, or the command of an operator runs it",
    "log_action": "writes a line of the audit trail",
    "line": "makes a line of the audit trail",
    "add_confirmation": "confirm_update has asked, or the link in a mail is the right",
    "build_agenda_of_the_next_meeting": "decide has asked, or the night's schedule runs it",
    "keep_promise_of": "Wagtail has asked, whose signal says that the page is published",
    "measure_figures": "answer_follow_up has asked, or the page is published",
    "promise_of_figures": "keep_promise_of calls it once a page is published",
    "locked_release": "asks itself, and the operation that locks goes on",
    "release_to_change": "locked_release asks",
    "decide_case": "decide has asked, or meet_conditions",
    "publish_or_pass_on": "publish_asset has asked, or verify_asset",
    "note": "the operation of the desk that leaves the mark has asked",
    "make_prototype": "add_prototype has asked, or record_prototype",
    "refusal_of": "register_asset, which it tries, asks",
    "strike": "strike_from_roll has asked, or undo_check_in",
    "take_away": "withdraw_ballot has asked, or cancel_event",
    "write_down_not_asked": "change_project has asked, or draft_case",
    "tell_need_moved": "the operation that moved the need has asked",
}
TABLE = rows("What people do")
NAMED = [name for row in TABLE for name in row.names]
OWN_ALONE = ": one’s own"


def operations() -> dict[str, Callable[..., Any]]:
    """The public functions that take `by`: in modules of operations, and wherever else one is a transaction."""
    found: dict[str, Callable[..., Any]] = {}
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for path in chain.from_iterable(app.rglob("*.py") for app in ours):
        parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
        text = path.read_text("utf-8")
        if "operations" not in parts and "@transaction.atomic" not in text:
            continue
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            takes_by = "by" in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            if takes_by and ("operations" in parts or "transaction.atomic" in map(ast.unparse, node.decorator_list)):
                assert node.name not in found, f"Two operations are called {node.name}."
                found[node.name] = getattr(import_module(".".join(parts)), node.name)
    return found


OPERATIONS = operations()


def test_every_operation_stands_in_one_row():
    of_any_case = [name for name in NAMED if ":" not in name]

    assert {*OPERATIONS} - {*of_any_case, *ASKS_NOTHING} == set(), "These operations stand in no row."
    assert {*of_any_case, *ASKS_NOTHING} - {*OPERATIONS} == set(), "These rows name no operation."
    assert [name for name in NAMED if NAMED.count(name) > 1] == [], "These stand in more than one row."
    assert {*of_any_case} & {*ASKS_NOTHING} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("app", sorted({each.__module__.partition(".")[0] for each in OPERATIONS.values()} - {"audit"}))
def test_an_operation_is_done_for_whom_the_table_says_and_refused_to_everybody_else(app):
    elsewhere = OrganisationFactory()
    cast = Cast(elsewhere)
    offenders = []
    for row in TABLE:
        for name in row.names:
            operation = OPERATIONS[name.partition(":")[0]]
            if operation.__module__.partition(".")[0] == app:
                offenders += differences(operation, name, row, cast, elsewhere)

    assert not offenders, "\n".join(offenders)


def differences(operation: Callable[..., Any], name: str, row: Act, cast: Cast, elsewhere: Organisation) -> list[str]:
    """Each try of an operation that came out otherwise than its row says."""
    found = []
    with undone():
        args, answers = SCENES[name]()
        person, council = answers.pop("by"), council_of(args, answers)
        for relation in ["self"] if name.endswith(OWN_ALONE) else row.relations:
            cast.move_to(council if relation == "own" else elsewhere)
            for who in (who for who in WHO_TRIES[relation] if tries(row, who, relation)):
                with undone():
                    if relation == "self":
                        by = make(afresh(person), who, council if name.endswith(OWN_ALONE) else elsewhere)
                    else:
                        by = cast[who]
                    done = outcome(operation, *args, by=by, **answers)
                if done != (says := "done" if relation in rights_of(row, who) else "refused"):
                    found.append(f"{name} as {who} on {WHOSE[relation]}: {done}, but the table says {says}")
                if done != "refused":  # and it may have changed the records in hand
                    args, answers = list(map(afresh, args)), {key: afresh(each) for key, each in answers.items()}
    return found


def outcome(operation: Callable[..., Any], *args: Any, **answers: Any) -> str:
    try:
        operation(*args, **answers)
    except PermissionDenied:
        return "refused"
    except Refused as refusal:
        return f"not possible ({refusal})"
    except Exception as fault:  # of somebody who should not have come as far
        return f"failed ({fault!r})"
    return "done"
