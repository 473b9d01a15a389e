"""Any two versions of a business case stand side by side: which figures changed, which words went and came."""

import pytest

from core import clock
from projects.cases.comparing import Run, lines_of, runs_of
from projects.models import BusinessCase
from tests.factories.projects import BusinessCaseFactory, ProjectFactory

REJECTED = {"state": "rejected", "decided_by_body": "Board", "decision_number": "DEC-2014-07"}


@pytest.fixture
def project(harlow):
    """With a rejected version, one before the board, both public."""
    project = ProjectFactory(lead_council=harlow)
    BusinessCaseFactory(
        project=project,
        summary="It saves calls. A lot.",
        decided_on=clock.today(),
        submitted_at=clock.now(),
        **REJECTED,
    )
    BusinessCaseFactory(
        project=project,
        version=2,
        summary="It saves letters. A lot.",
        volume=90_000,
        state=BusinessCase.State.SUBMITTED,
        submitted_at=clock.now(),
    )
    return project


def page(client, project, query=""):
    return client.get(f"{project.get_absolute_url()}business-case/compare/{query}").content.decode()


def test_words_taken_out_stand_before_those_that_came_in_their_place():
    assert runs_of("It saves calls. A lot.", "It saves letters. A lot.") == [
        Run("same", "It saves "),
        Run("del", "calls. "),
        Run("ins", "letters. "),
        Run("same", "A lot."),
    ]


def test_put_together_again_the_runs_are_the_two_texts():
    before, after = "One two  three\n\nfour five.", "One three\n\nfour, five. Six"
    runs = runs_of(before, after)

    assert "".join(run.text for run in runs if run.mark != "ins") == before
    assert "".join(run.text for run in runs if run.mark != "del") == after


def test_the_figures_that_differ_are_named(project):
    second, first = project.business_cases.all()

    changed = [line.name for line in lines_of(first, second) if not line.is_same]

    assert changed == ["Transactions a year", "Take-up assumed", "Saved a year", "Paid back in"]


def test_the_page_says_in_words_what_went_and_what_came(client, project):
    words = page(client, project)

    assert "[taken out: </span>calls. " in words
    assert "[put in: </span>letters. " in words
    assert "4 figures changed." in words


def test_any_two_are_chosen_by_the_address_and_what_is_no_version_is_left_aside(client, project):
    assert "[taken out: </span>letters. " in page(client, project, "?from=2&to=1")
    assert "one and the same version" in page(client, project, "?from=1&to=1")
    assert "[taken out: </span>calls. " in page(client, project, "?from=9&to=x")


def test_a_draft_is_compared_by_those_who_write_it_alone(client, signed_in, project, grace, carlos):
    second = project.business_cases.get(version=2)
    BusinessCase.objects.filter(pk=second.pk).update(
        decided_on=clock.today(), **{**REJECTED, "decision_number": "DEC-2014-08"}
    )
    BusinessCaseFactory(project=project, version=3, summary="Not for other eyes yet.")

    for reader in (client, signed_in(carlos)):
        assert "other eyes" not in page(reader, project)
        assert reader.get(f"{project.get_absolute_url()}business-case/3/").status_code == 404
    assert "other eyes" in page(signed_in(grace), project)


def test_with_one_version_there_is_nothing_to_compare(client, harlow):
    project = ProjectFactory(lead_council=harlow)
    BusinessCaseFactory(project=project, state="submitted", submitted_at=clock.now())

    answer = client.get(f"{project.get_absolute_url()}business-case/compare/")

    assert answer.url == f"{project.get_absolute_url()}#business-case"


def test_one_version_by_itself_has_all_that_was_put_before_the_board(client, signed_in, project, ben):
    case = project.business_cases.get(version=2)
    address = f"{project.get_absolute_url()}business-case/2/"

    words = client.get(address).content.decode()

    for expected in ("It saves letters", "90,000", "20% less", case.content_hash):
        assert expected in words
    assert str(case.written_by) not in words
    assert str(case.written_by) in signed_in(ben).get(address).content.decode()
    assert client.get(f"{project.get_absolute_url()}business-case/99999999999/").status_code == 404
