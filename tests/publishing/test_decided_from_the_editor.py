"""A decision in the editor that does not count: what was typed with it is kept, and it is said truly who decides."""

import pytest
from django.urls import reverse

from core import clock
from core.words import day_in_words
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from tests.publishing.drafts import draft_of, fresh, typed
from tests.publishing.test_forms_come_back import value_of
from tests.publishing.test_two_people import approving, deciding, news_of, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


@pytest.fixture
def waits(harlow, amina, petra, grace):
    """Waits for one of two publishers."""
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    return page


@pytest.mark.parametrize(("action", "not_done"), [("approve", "Not approved"), ("reject", "Not sent back")])
def test_who_mends_and_decides_with_one_press_keeps_the_words_and_is_told_who_decides(
    action, not_done, waits, petra, signed_in
):
    said = press(signed_in(petra), waits, summary="Mended.", **deciding(action, "A word was wrong"))

    assert f"{not_done}: you wrote some of these words, so somebody else decides on them." in said[0]
    assert "“A word was wrong” Saved. With Grace Holt since today." in said[0]
    assert fresh(waits).get_latest_revision_as_object().summary == "Mended."
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


def test_who_decides_on_words_that_the_tab_has_saved_is_told_who_decides(waits, petra, signed_in):
    client, loaded = signed_in(petra), waits.latest_revision_id
    edit = reverse("wagtailadmin_pages:edit", args=[waits.pk])
    saved = client.post(edit, typed(waits, summary="Mended."), headers={"Accept": "application/json"}).json()
    tab = {"loaded_revision_id": str(loaded), "overwrite_revision_id": str(saved["revision_id"])}

    said = " ".join(press(client, waits, summary="Mended.", **deciding("reject", "A word was wrong"), **tab))

    assert "Not sent back: you wrote some of these words" in said
    assert "“A word was wrong” With Grace Holt since today." in said


def test_an_editor_who_mends_news_and_approves_it_is_told_that_another_decides(edith, edgar, signed_in):
    page = news_of(edith)
    page.get_workflow().start(page, edith)
    page.summary = "Mended."
    page.save_revision(user=edgar)

    answer = signed_in(edgar).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": page.title, **approving(page)}
    )

    said = " ".join(str(each) for each in answer.context["messages"])
    assert "Not approved: you wrote some of these words" in said
    assert "for an Alliance editor who did not write it" in said


def test_a_decision_of_an_earlier_round_is_not_why(waits, amina, petra, grace, carlos, signed_in):
    approved = f"{petra} approved it on {day_in_words(clock.today())}"
    return_case_study(waits, by=petra, reason="Say more")
    fresh(waits).current_workflow_state.resume(user=amina)

    said = " ".join(press(signed_in(amina), waits, **approving(waits)))
    assert "Not approved: it waits for somebody else. With Grace Holt or Petra Voss" in said

    fresh(waits).current_workflow_state.cancel(user=amina)
    submit_case_study(fresh(waits), by=amina)
    said = " ".join(press(signed_in(amina), waits, **approving(waits)))
    assert "sent it back" not in said
    approve_case_study(waits, by=petra)
    assert approved in " ".join(press(signed_in(grace), waits, **approving(waits)))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_nothing_is_sent_back_from_the_editor_without_a_reason_that_can_be_read(reason, waits, petra, signed_in):
    sent = typed(waits, summary="Mended.", **deciding("reject", reason))

    answer = signed_in(petra).post(reverse("wagtailadmin_pages:edit", args=[waits.pk]), sent)

    back = answer.content.decode()
    wrong = "Not sent back. Say what should change." if not reason.strip() else "Not sent back. "
    assert any(wrong in each for each in answer.context["form"].non_field_errors())
    assert wrong in back
    assert value_of(back, "summary") == "Mended."
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


def test_what_was_typed_comes_back_where_others_changed_the_page_and_a_second_press_decides_no_more(
    waits, petra, grace, signed_in
):
    shown = str(waits.latest_revision_id)
    waits.summary = "Of Grace."
    newer = waits.save_revision(user=grace)
    edit = reverse("wagtailadmin_pages:edit", args=[waits.pk])
    sent = typed(waits, summary="Of Petra.", **deciding("approve", "Fine"), loaded_revision_id=shown)
    client = signed_in(petra)

    for _ in range(2):
        back = client.post(edit, sent).content.decode()
        assert f"Not approved: {grace} changed it since you opened it." in back
        assert "“Fine”" in back
        assert value_of(back, "summary") == "Of Petra."
        sent["loaded_revision_id"] = value_of(back, "loaded_revision_id")

    assert sent["loaded_revision_id"] == shown
    assert fresh(waits).latest_revision == newer
    assert fresh(waits).current_workflow_task_state.status == "in_progress"
    assert client.post(edit, sent, headers={"Accept": "application/json"}).json()["error_code"] == "invalid_revision"


def test_words_that_another_tab_has_saved_over_since_were_not_shown(waits, petra, grace, signed_in):
    """A tab saves as one types, over its own last version: the version keeps its number."""
    waits.summary = "Of Grace."
    shown = waits.save_revision(user=grace)
    sent = typed(waits, **approving(waits))
    waits.summary = "Of Grace, and more."
    waits.save_revision(user=grace, overwrite_revision=shown)
    assert fresh(waits).latest_revision_id == shown.pk

    client, edit = signed_in(petra), reverse("wagtailadmin_pages:edit", args=[waits.pk])
    for _ in range(2):
        back = client.post(edit, sent).content.decode()
        assert f"Not approved: {grace} changed it since you opened it." in back
        sent |= {name: value_of(back, name) for name in ("loaded_revision_id", "loaded_revision_created_at")}

    assert client.post(edit, sent, headers={"Accept": "application/json"}).json()["error_code"] == "invalid_revision"
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


@pytest.mark.parametrize("shown", ["x", "9" * 30, "-1", "0"])
def test_a_version_that_no_form_showed_is_no_fault(shown, waits, petra, signed_in):
    sent = typed(waits, **approving(waits), loaded_revision_id=shown)

    answer = signed_in(petra).post(reverse("wagtailadmin_pages:edit", args=[waits.pk]), sent)

    assert answer.status_code == 200
    assert "changed it since you opened it" in answer.content.decode()


@pytest.mark.parametrize("from_the_window", [True, False])
@pytest.mark.parametrize(("action", "not_done"), [("approve", "Not approved"), ("reject", "Not sent back")])
def test_where_no_words_are_shown_nothing_is_decided_and_it_is_said_why(
    action, not_done, from_the_window, waits, petra, signed_in
):
    state = waits.current_workflow_task_state
    waits.summary = "Of Amina, meanwhile."
    waits.save_revision(user=waits.owner)
    address = reverse("wagtailadmin_pages:workflow_action", args=[waits.pk, action, state.pk])
    sent_by = {"x-requested-with": "XMLHttpRequest"} if from_the_window else {}

    answer = signed_in(petra).post(address, {"comment": "Say more"}, headers=sent_by, follow=True)

    (said,) = [str(each) for each in answer.context["messages"]]
    assert f"{not_done}: read the words below as they are now, then decide here." in said
    assert "“Say more”" in said
    assert "Of Amina, meanwhile." in answer.content.decode()
    assert fresh(waits).current_workflow_task_state == state


@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
def test_sent_back_by_a_plain_post_without_a_reason_it_is_said_that_nothing_was_decided(name, waits, petra, signed_in):
    address = reverse(f"wagtailadmin_pages:{name}", args=[waits.pk, "reject", waits.current_workflow_task_state.pk])

    answer = signed_in(petra).post(address, {"comment": ""}, follow=True)

    assert [str(each) for each in answer.context["messages"]] == [
        f"“{waits.title}”: Not sent back: read the words below as they are now, then decide here. "
        "With Grace Holt or Petra Voss since today."
    ]
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


def test_the_editing_pages_own_window_still_asks_for_the_reason(waits, petra, signed_in):
    state = waits.current_workflow_task_state
    address = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[waits.pk, "reject", state.pk])
    client, ajax = signed_in(petra), {"x-requested-with": "XMLHttpRequest"}

    assert "What should change" in client.get(address, headers=ajax).json()["html"]
    assert "Say what should change." in client.post(address, {"comment": ""}, headers=ajax).json()["html"]
    assert client.post(address, {"comment": "More"}, headers=ajax).json()["cleaned_data"] == {"comment": "More"}


def test_who_has_written_in_it_meanwhile_is_told_who_decides(waits, petra, grace, signed_in):
    state = waits.current_workflow_task_state
    waits.summary = "Mended."
    waits.save_revision(user=petra)
    address = reverse("wagtailadmin_pages:workflow_action", args=[waits.pk, "approve", state.pk])

    answer = signed_in(petra).post(address, {"comment": ""}, follow=True)

    said = " ".join(str(each) for each in answer.context["messages"])
    assert "Not approved: you wrote some of these words, so somebody else decides on them." in said
    assert fresh(waits).current_workflow_task_state == state


def test_who_may_not_edit_it_is_refused_and_told_no_title(waits, carlos, signed_in):
    state = waits.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waits.pk, "approve", state.pk])

    answer = signed_in(carlos).post(address, {"comment": "x"}, follow=True)

    assert answer.status_code == 404
    assert waits.title not in answer.content.decode()


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_decision_that_does_not_say_which_words_were_read_does_not_count(action, waits, petra, signed_in):
    edit = reverse("wagtailadmin_pages:edit", args=[waits.pk])

    back = signed_in(petra).post(edit, typed(waits, **deciding(action, "Say more"), loaded_revision_id=""))

    assert "it was not said which words you read" in back.content.decode()
    assert "“Say more”" in back.content.decode()
    assert fresh(waits).current_workflow_task_state.status == "in_progress"
