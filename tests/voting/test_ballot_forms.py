"""The form of each way to vote: what it takes, what it refuses beside the right field, and that all typed is kept."""

import re
from html import unescape

import pytest

from sealing.models import Mark, Staged
from tests.factories.accounts import UserFactory
from tests.factories.voting import OptionFactory
from tests.voting.asking import address, text_of
from tests.voting.papers import RULES, TITLES, filled_in, open_ballot
from voting.ballots import operations as ballots
from voting.ballots.models import Ballot
from voting.casting.forms import FORMS
from voting.methods import METHODS
from voting.methods.values import WrongVote
from voting.models import Vote

VALUES = ("dots", "score", "ranked", "matrix")


@pytest.fixture
def ballot_of(day, fatima, amina):
    """A function: an open ballot of a method, with Amina on its roll."""
    return lambda method, **rules: open_ballot(day, fatima, method, amina, **rules)


@pytest.fixture
def send(signed_in, amina):
    """A function: the answer to what Amina sends of a ballot."""
    return lambda ballot, sent, step="check": signed_in(amina).post(address("cast", ballot), {"step": step, **sent})


def field(ballot, place=0):
    """The name of the first field of an option that takes a value."""
    option = list(ballot.options.all())[place]
    return f"option-{option.pk}-impact" if ballot.method == "matrix" else f"option-{option.pk}"


def listed(response):
    """The errors of the summary: what each says and the id that it leads to."""
    summary = text_of(response).partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [(unescape(words).strip(), id_) for id_, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)]


def assert_refused(response, sentence, id_):
    """The sentence stands in the summary, leads to a control of the page, and stands beside it; no vote is kept."""
    page = unescape(text_of(response))
    assert response.status_code == 422
    assert any(sentence in words and target == id_ for words, target in listed(response)), listed(response)
    assert f'id="{id_}"' in page
    assert re.search(r'class="govuk-error-message"[^>]*>.{0,80}' + re.escape(sentence), page)
    assert (Vote.objects.count(), Mark.objects.count(), Staged.objects.count()) == (0, 0, 0)


def test_every_method_has_a_form():
    assert FORMS.keys() == METHODS.keys() == RULES.keys()


@pytest.mark.parametrize(
    ("method", "lines", "rest"),
    [
        ("single", [TITLES[0]], ""),
        ("approval", [TITLES[0], TITLES[1]], ""),
        ("dots", ["Waste standards 3 dots", "Verify once 1 dot"], "1 dot is not given. You need not give all."),
        ("score", ["Waste standards 5 of 5", "Verify once 0 of 5"], "No opinion on"),
        ("ranked", ["Verify once 1st", "Waste standards 2nd"], "Not ranked:"),
        ("matrix", ["Waste standards impact 4 of 5, feasibility 2 of 5"], "No opinion on"),
        ("budget", ["Waste standards £20,000", "Verify once £40,000"], "Together £60,000, and there is £60,000"),
    ],
)
def test_a_vote_is_read_back_in_words_and_counted_as_sent(ballot_of, send, method, lines, rest):
    ballot = ballot_of(method)
    sent = filled_in(ballot)

    check = text_of(send(ballot, sent))
    read_back = re.findall(r"<li><strong>(.*?)</li>", check)
    said = [re.sub("<[^>]+>", "", line) for line in read_back]
    assert said == lines if method == "ranked" else sorted(said) == sorted(lines)
    assert rest in check
    assert not Vote.objects.exists()

    hidden = re.findall(r'<input type="hidden" name="(option[^"]*)" value="([^"]*)">', check)
    assert sorted(hidden) == sorted(
        (name, str(value))
        for name, values in sent.items()
        for value in (values if isinstance(values, list) else [values])
    )
    assert "Your vote is counted" in text_of(send(ballot, sent, "count"))
    marks = {(str(choice.option), choice.question): choice.value for choice in Vote.objects.get().choices.all()}
    assert len(marks) == len(hidden)
    assert set(marks.values()) == {int(value) if name != "options" else 1 for name, value in hidden}


@pytest.mark.parametrize("method", RULES)
def test_what_was_chosen_is_there_again_to_be_changed(ballot_of, send, signed_in, amina, method):
    ballot = ballot_of(method)
    chosen = filled_in(ballot)

    def is_filled_in(page):
        for name, values in chosen.items():
            for value in values if isinstance(values, list) else [values]:
                control = rf'<input[^>]*name="{name}"[^>]*value="{value}"[^>]*'
                if method == "dots":
                    assert re.search(rf'name="{name}"[^>]*value="{value}"', page)
                elif method == "ranked":
                    assert re.search(rf'<select[^>]*name="{name}".{{0,300}}<option value="{value}" selected>', page)
                else:
                    assert re.search(control + " checked", page), name

    is_filled_in(text_of(send(ballot, chosen, "change")))
    send(ballot, chosen, "count")
    is_filled_in(text_of(signed_in(amina).get(address("cast", ballot))))


@pytest.mark.parametrize("method", RULES)
@pytest.mark.parametrize("step", ["check", "count", "change", "", "nonsense"])
def test_an_empty_vote_is_told_what_to_do(ballot_of, send, method, step):
    ballot = ballot_of(method)
    first = re.search(r'id="(id_option[^"]+)"', text_of(send(ballot, {}, step)))[1]

    assert_refused(send(ballot, {}, step), METHODS[method].nothing, first)


WRONG = ["-1", "1.5", "1e1", "NaN", "Infinity", "9" * 5_000, "٣", "1\0", "<script>", "0x1", "one", "1,0", "--"]


@pytest.mark.parametrize("method", VALUES)
@pytest.mark.parametrize("wrong", WRONG, ids=lambda text: ascii(text[:9]))
def test_what_is_no_whole_number_is_a_sentence_at_its_field(ballot_of, send, method, wrong):
    ballot = ballot_of(method)
    name = field(ballot)

    response = send(ballot, {**filled_in(ballot), name: wrong}, "count")

    id_ = f"id_{name}_0" if method in ("score", "matrix") else f"id_{name}"
    assert_refused(response, METHODS[method].not_a_value, id_)
    assert "<script>" not in text_of(response).replace("<script src", "").replace('<script type="module"', "")


@pytest.mark.parametrize("method", ["single", "approval", "budget"])
@pytest.mark.parametrize("wrong", [*WRONG, "999999", "0"], ids=lambda text: ascii(text[:9]))
def test_what_is_no_option_is_a_sentence_above_them(ballot_of, send, method, wrong):
    ballot = ballot_of(method)

    response = send(ballot, {"options": [wrong]}, "count")

    assert_refused(response, "Tick only options of this vote.", "id_options_0")


@pytest.mark.parametrize(
    ("method", "given", "sentence", "place"),
    [
        ("dots", ["4"], "You gave 4 dots to one option: it takes at most 3.", 0),
        ("dots", ["3", "3"], "You gave 6 dots: take 1 back, you have 5.", None),
        ("dots", ["32767"], "take 32,762 back", None),
        ("dots", ["0", "0"], "Give at least one dot.", None),
        ("score", ["6"], "Scores are whole numbers from 0 to 5.", 0),
        ("ranked", ["1", "3"], "You ranked none as number 2: rank without gaps, from 1 on.", None),
        ("ranked", ["0"], "Ranks are whole numbers from 1.", 0),
        ("ranked", ["1", "2", "3", "4"], "You ranked 4: take 1 out, you may rank 3.", None),
        ("matrix", ["0"], "Ratings are whole numbers from 1 to 5.", 0),
    ],
)
def test_numbers_that_break_a_rule_are_a_sentence_where_they_stand(ballot_of, send, method, given, sentence, place):
    ballot = ballot_of(method)
    sent = {field(ballot, n): value for n, value in enumerate(given)}
    if method == "matrix":
        sent[field(ballot).replace("impact", "feasibility")] = "1"

    response = send(ballot, sent, "count")

    ending = "_0" if method in ("score", "matrix") else ""
    first_on_the_page = re.search(r'id="(id_option[^"]+)"', text_of(response))[1].split("-error")[0].split("-most")[0]
    assert_refused(response, sentence, first_on_the_page if place is None else f"id_{field(ballot, place)}{ending}")


def test_of_two_options_with_the_same_rank_the_later_on_the_page_says_so(ballot_of, send):
    ballot = ballot_of("ranked")
    names = [field(ballot), field(ballot, 1)]

    response = send(ballot, dict.fromkeys(names, "2") | {field(ballot, 2): "1"})

    page = text_of(response)
    later = max(names, key=lambda name: page.index(f'name="{name}"'))
    assert_refused(response, "You ranked two options as number 2: give each a rank of its own.", f"id_{later}")
    assert page.count('<option value="2" selected>') == 2


def test_an_answer_to_one_question_of_two_is_asked_for_at_the_other(ballot_of, send):
    ballot = ballot_of("matrix")
    name = field(ballot)

    response = send(ballot, {name: "4"})

    assert_refused(response, "You rated one option for impact", f"id_{name.replace('impact', 'feasibility')}_0")
    assert re.search(rf'name="{name}" value="4"[^>]* checked', text_of(response))


@pytest.mark.parametrize(("method", "most"), [("single", 1), ("approval", 2)])
def test_too_many_ticks_are_refused_and_kept(ballot_of, send, method, most):
    ballot = ballot_of(method)

    response = send(ballot, {"options": [option.pk for option in ballot.options.all()[: most + 1]]})

    assert_refused(response, f"untick 1, you may tick {most}.", "id_options_0")
    assert text_of(response).count(" checked") == most + 1


def test_a_budget_takes_ticks_for_more_than_the_pot(ballot_of, send):
    ballot = ballot_of("budget")

    response = send(ballot, {"options": [option.pk for option in ballot.options.all()]})

    assert "Together £200,000, and there is £60,000 to spend." in text_of(response)


@pytest.mark.parametrize("method", RULES)
def test_one_option_sent_twice_is_refused_at_its_field(ballot_of, send, method):
    ballot = ballot_of(method)
    sent = filled_in(ballot)
    name, value = next(iter(sent.items()))
    twice = [value[0], value[0]] if isinstance(value, list) else [value, "1"]

    response = send(ballot, {**sent, name: twice}, "count")

    assert response.status_code == 422
    assert "Mark each option once." in text_of(response)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("method", RULES)
def test_an_option_of_another_vote_is_refused_whatever_else_is_sent(ballot_of, send, method):
    ballot, foreign = ballot_of(method), OptionFactory()
    extra = {"options": [*filled_in(ballot).get("options", []), foreign.pk]}
    if method in VALUES:
        extra = {f"option-{foreign.pk}": "1"}

    response = send(ballot, {**filled_in(ballot), **extra}, "count")

    assert response.status_code == 422
    assert "only options of this vote." in text_of(response) or "only for options of this vote." in text_of(response)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("method", RULES)
@pytest.mark.parametrize(("number", "status"), [(900, 422), (10_000, 413)])
def test_thousands_of_options_are_refused_without_a_query_for_each(
    ballot_of, send, method, number, status, django_assert_max_num_queries
):
    ballot = ballot_of(method)
    many = {"options": range(number)} if method not in VALUES else {f"option-{n}-x": "1" for n in range(number)}

    with django_assert_max_num_queries(25):
        response = send(ballot, many, "count")

    assert response.status_code == status
    assert not Vote.objects.exists()


@pytest.mark.parametrize("method", RULES)
def test_what_is_wrong_is_kept_as_it_was_typed(ballot_of, send, method):
    ballot = ballot_of(method)
    if method in VALUES:
        response = send(ballot, {field(ballot): "two", field(ballot, 1): "1"})
        if method == "dots":  # what cannot be chosen from a list cannot be shown in one
            assert 'value="two"' in text_of(response)
        assert re.search(r'value="1"[^>]* (checked|selected)|name="option-\d+"[^>]*value="1"', text_of(response))
    else:
        response = send(ballot, {"options": [ballot.options.all()[0].pk, "two"]})
        assert text_of(response).count(" checked") == 1
    assert response.status_code == 422


@pytest.mark.parametrize("method", RULES)
def test_without_the_check_of_the_form_the_operation_refuses_all_the_same(ballot_of, send, method, monkeypatch):
    ballot = ballot_of(method)
    monkeypatch.setattr("voting.casting.forms.VoteForm.clean", lambda form: None)

    assert send(ballot, {}, "count").status_code == 422
    assert not Vote.objects.exists()


def test_the_form_asks_the_method(ballot_of, send, monkeypatch):
    ballot = ballot_of("score")

    def refuse(*about):
        raise WrongVote("Not like this.", option=ballot.options.all()[1].pk)

    monkeypatch.setattr(METHODS["score"], "check", refuse, raising=False)

    assert_refused(send(ballot, filled_in(ballot)), "Not like this.", f"id_{field(ballot, 1)}_0")


@pytest.mark.parametrize("method", RULES)
def test_the_options_stand_in_an_order_of_each_voters_own_that_never_jumps(day, fatima, signed_in, method):
    people = [UserFactory() for _ in range(6)]
    ballot = open_ballot(day, fatima, method, *people)

    def order(page):
        shown = unescape(text_of(page)).partition('<ul class="lda-ballot">')[2]
        return tuple(sorted(TITLES, key=shown.index))

    orders = {}
    for person in people:
        browser = signed_in(person)
        orders[person] = order(browser.get(address("cast", ballot)))
        assert order(browser.get(address("cast", ballot))) == orders[person]
        assert order(browser.post(address("cast", ballot), {"step": "check"})) == orders[person]
        assert order(browser.post(address("cast", ballot), {"step": "change", **filled_in(ballot)})) == orders[person]
    assert len(set(orders.values())) > 1


def test_the_ballot_says_what_each_option_is_what_it_costs_and_how_its_vote_is_counted(ballot_of, signed_in, amina):
    ballot = ballot_of("budget", quorum=4, threshold="half", secrecy=Ballot.Secrecy.SECRET)

    page = unescape(text_of(signed_in(amina).get(address("cast", ballot))))

    assert "£20,000 · Team of Waste standards · pays back in" in page
    assert "<summary>What it is" in page
    assert "Secret: once it has closed, nobody can find out who voted for what." in page
    assert "Once counted, your vote cannot be changed." in page
    assert "until then only somebody who has both its key and its database could" in page
    assert "For a choice, 4 people have to vote and an option needs half of the votes." in page
    assert "even if it comes to more" in page


def test_who_carries_no_weight_is_told_on_the_ballot_and_before_it_counts(day, fatima, ben, signed_in, send):
    ballot = open_ballot(day, fatima, "approval", basis=Ballot.Basis.COUNCIL)
    ballots.add_to_roll(ballot, person=ben, organisation=None, reason="Came late", by=fatima)
    browser = signed_in(ben)

    for page in (
        browser.get(address("cast", ballot)),
        browser.post(address("cast", ballot), {"step": "check", **filled_in(ballot)}),
    ):
        assert "Your vote will carry no weight in what is chosen" in text_of(page)


def test_the_dots_that_one_option_takes_stand_at_its_field(ballot_of, signed_in, amina):
    page = text_of(signed_in(amina).get(address("cast", ballot_of("dots"))))

    assert page.count("at most 3</p>") == len(TITLES)
    assert page.count('inputmode="numeric"') == len(TITLES)
