"""Whoever writes a council's case study is offered what the council itself has published in figures, and no more."""

import datetime as dt
from decimal import Decimal

import pytest

from core import clock
from kpis.facts.offered import figures_of_facts
from kpis.indicators import offered
from kpis.indicators.models import ServiceReturn
from kpis.indicators.offered import figures_of_returns
from kpis.models import FactCard
from portal.figures import headline
from publishing.interview.operations import save_answers
from publishing.interview.own_figures import OwnValue
from publishing.interview.queries import MOST_KNOWN, KnownAnswer, note_with_own_words, published_figures
from publishing.models import CaseStudyPage, Interview
from take_up.models import Benefit
from tests.factories.councils import ServiceFactory
from tests.factories.facts import FactCardFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.factories.publishing import interview_of
from tests.publishing.interviews import ANSWERS

pytestmark = pytest.mark.django_db
LATEST = dt.date(2014, 10, 1)
A_YEAR_BEFORE = dt.date(2013, 10, 1)


@pytest.fixture
def permits():
    return ServiceFactory(name="Parking permits")


@pytest.fixture
def returned(harlow, permits):
    """Harlow's published returns of parking permits: £5.60 a year before, £4.12 in a second version of the last."""
    now = {"cost": 7622, "completed": 1850, "version": 2}
    return [
        ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST, **now),
        ServiceReturnFactory(council=harlow, service=permits, quarter=A_YEAR_BEFORE, cost=9520, completed=1700),
    ]


@pytest.fixture
def interview(harlow, amina):
    return interview_of(harlow, amina)


def offered_to(council, services=None, most=MOST_KNOWN):
    return {each.name: each for each in figures_of_returns(council, services, most)}


def test_a_figure_stands_beside_that_of_a_year_before_with_n_days_and_source(harlow, returned):
    cost = offered_to(harlow)["Cost per transaction, Parking permits"]

    assert cost.before == OwnValue(Decimal("5.60"), dt.date(2013, 12, 31), 1700)
    assert cost.after == OwnValue(Decimal("4.12"), dt.date(2014, 12, 31), 1850)
    assert cost.unit == "£ a transaction"
    returns = "returns for October to December 2013, version 1, and October to December 2014, version 2"
    assert cost.source == f"your council’s own {returns}"
    assert cost.note == f"Our own {returns}."


def test_without_a_year_before_it_stands_beside_the_quarter_before_or_alone(harlow, permits):
    ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST)
    assert offered_to(harlow)["Cost per transaction, Parking permits"].before is None

    ServiceReturnFactory(council=harlow, service=permits, quarter=dt.date(2014, 7, 1), cost=500)
    assert offered_to(harlow)["Cost per transaction, Parking permits"].before.value == 5


def test_what_is_not_collected_is_no_figure_and_never_0(harlow, permits):
    ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST, cost=0, ratings=0, satisfied=0)
    ServiceReturnFactory(council=harlow, service=permits, quarter=A_YEAR_BEFORE, cost=None)

    found = offered_to(harlow)

    assert "User satisfaction, Parking permits" not in found, "nobody rated it"
    cost = found["Cost per transaction, Parking permits"]
    assert (cost.after.value, cost.before) == (0, None), "what cost nothing is 0, what was not counted is not"


def kept_to_itself(council, service):
    """What Harlow returned for comparison only: the last quarter, and a correction of what it had published before."""
    ServiceReturn.objects.filter(quarter=LATEST).update(for_comparison_only=True)
    ServiceReturn.objects.filter(quarter=A_YEAR_BEFORE).update(replaced_at=dt.datetime(2014, 2, 1, tzinfo=dt.UTC))
    only = {"council": council, "service": service, "quarter": A_YEAR_BEFORE, "for_comparison_only": True}
    ServiceReturnFactory(version=2, cost=1700, completed=1700, **only)


def test_what_is_for_comparison_only_is_offered_to_nobody_not_even_its_own_people(
    harlow, permits, returned, interview, amina, signed_in
):
    kept_to_itself(harlow, permits)

    assert figures_of_returns(harlow, None, MOST_KNOWN) == []
    page = signed_in(amina).get(f"/case-studies/new/{interview.pk}/5/?from=return-{permits.pk}-cost")
    assert "transaction" not in page.content.decode()


def test_control_without_the_guard_it_would_be_offered(harlow, permits, returned, monkeypatch):
    kept_to_itself(harlow, permits)
    monkeypatch.setattr(offered, "published_returns", ServiceReturn.objects.all)

    cost = offered_to(harlow)["Cost per transaction, Parking permits"]
    assert (cost.before.value, cost.after.value) == (1, Decimal("4.12"))


def test_only_figures_of_the_service_that_is_named_else_the_newest_few(harlow, surrey, permits, returned):
    bins = ServiceFactory(name="Missed bins")
    ServiceReturnFactory(council=harlow, service=bins, quarter=dt.date(2014, 7, 1))
    ServiceReturnFactory(council=surrey, service=permits, quarter=LATEST)

    assert {each.split(", ")[1] for each in offered_to(harlow, [bins])} == {"Missed bins"}
    assert {each.split(", ")[1] for each in offered_to(harlow, most=3)} == {"Parking permits"}
    assert offered_to(harlow, [ServiceFactory()]) == {}


def test_a_made_up_return_says_so_where_it_is_offered_and_in_the_case_study(
    returned, interview, amina, permits, signed_in
):
    returned[1].is_illustrative = True
    returned[1].save()

    page = signed_in(amina).get(f"/case-studies/new/{interview.pk}/5/?from=return-{permits.pk}-cost").content.decode()
    filled, offers = page.split("Use other figures")
    assert "Illustrative" in filled
    assert "Illustrative" in offers.partition("</details>")[0]
    assert ">\nIllustrative. Our own returns for" in page


def test_whichever_figures_are_chosen_one_after_the_other_the_note_says_where_the_last_ones_stand():
    first, second = (
        KnownAnswer({"figures_note": f"{note} All."}, "", note=note) for note in ("Illustrative. A.", "B.")
    )
    promise, three = KnownAnswer({}, ""), [first, second]

    assert note_with_own_words(first, three, "") == "Illustrative. A. All."
    assert note_with_own_words(second, three, "Illustrative. A. All.") == "B. All."
    assert note_with_own_words(second, three, "Illustrative. A. By hand") == "B. By hand"
    assert note_with_own_words(promise, [*three, promise], "B. By hand") == "By hand"


def test_a_few_ratings_are_offered_with_what_to_know_of_them(harlow, permits):
    ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST, ratings=27, satisfied=20)

    assert "Only 27 ratings" in offered_to(harlow)["User satisfaction, Parking permits"].warning


def test_a_fall_since_the_quarter_before_and_an_unusual_cost_are_said_as_on_the_page_of_the_service(harlow, permits):
    for quarter, web in ((dt.date(2014, 7, 1), 900), (LATEST, 500), (A_YEAR_BEFORE, 400)):
        now = {"completed": 1000, "completed_web": web, "started_web": 1000, "cost": 9000}
        ServiceReturnFactory(council=harlow, service=permits, quarter=quarter, **now)
    for _ in range(10):
        ServiceReturnFactory(service=permits, quarter=LATEST, completed=1000, cost=1000)

    found = offered_to(harlow)

    assert "Fell by more than" in found["Digital take-up, Parking permits"].warning
    assert "More than three times the middle of 11" in found["Cost per transaction, Parking permits"].warning


def test_the_service_of_the_interview_decides_and_a_button_fills_the_boxes_without_losing_what_was_typed(
    returned, interview, amina, permits, signed_in
):
    save_answers(interview, by=amina, typed={"service": str(permits.pk)})
    client, here = signed_in(amina), f"/case-studies/new/{interview.pk}/5/"
    key = f"return-{permits.pk}-cost"
    assert f'name="go" value="use-{key}"' in client.get(here).content.decode()
    empty = client.post(here, {"go": f"use-{key}"})
    assert empty.url == f"{here}?from={key}"
    assert "measure" not in Interview.objects.get().answers, "nothing was typed, so nothing is answered"

    typed = {"measure": "Permits by post", "before": "about forty", "figures_note": "By hand", "go": f"use-{key}"}
    assert client.post(here, typed).url == f"{here}?from={key}"
    filled = client.get(f"{here}?from={key}").content.decode()
    for value in ("Cost per transaction, Parking permits", "£ a transaction", "5.60", "4.12", "1700", "1850"):
        assert f'value="{value}"' in filled, value
    assert "version 2. By hand</textarea>" in filled, "a note of one’s own stays, beside where the figure stands"
    assert "go back to what you typed" in filled
    assert 'value="about forty"' in client.get(here).content.decode()

    for rubbish in ("use-", "use-\x00", "use-return-9-cost&from=1", "use-" + "x" * 5000):
        assert client.post(here, typed | {"go": rubbish}).status_code == 302


@pytest.mark.parametrize("name", ["Harlow District Council", "Harlow Council"])
def test_a_councils_own_fact_card_is_offered_beside_its_own_card_that_it_succeeded(harlow, surrey, name):
    harlow.official_name = "Harlow District Council"
    unit = {"unit": "calls a month about missed bins"}
    older = FactCardFactory(number=900, said_on=dt.date(2014, 3, 1), source=f"{name}: Report", **unit)
    said = {"printed": "610", "number": 610, "said_to": FactCard.Precision.MONTH, "source": f"{name}, 2015"}
    FactCardFactory(question=older.question, succeeds=older, said_on=dt.date(2015, 3, 1), **said, **unit)
    FactCardFactory(source="Harlow Councillors’ club, 2015")
    FactCardFactory(source="The ombudsman, 2015", source_url="https://www.harlow.gov.uk/report.pdf")

    [card] = figures_of_facts(harlow, None, MOST_KNOWN)

    assert (card.before, card.after) == (OwnValue(Decimal(900)), OwnValue(Decimal(610))), (
        "no day: when it was said is not what it counts"
    )
    assert card.source.endswith(", March 2015")
    assert card.measure == "Calls a month about missed bins", "the question is no measure"
    assert figures_of_facts(surrey, None, MOST_KNOWN) == []


@pytest.mark.parametrize("other", [{"source": "The ombudsman, 2014"}, {"is_for_scale": True}], ids=["strange", "scale"])
def test_what_a_stranger_said_or_what_stands_for_scale_is_not_what_it_was_before(harlow, other):
    own = {"source": "Harlow Council, 2015"}
    older = FactCardFactory(number=900, **own | other)
    FactCardFactory(question=older.question, succeeds=older, **own)

    [card] = figures_of_facts(harlow, None, MOST_KNOWN)

    assert card.before is None


def test_a_card_of_a_day_to_come_with_a_long_unit_or_of_another_service_is_not_offered(harlow, permits):
    own = {"source": "Harlow Council, 2015"}
    FactCardFactory(said_on=clock.today() + dt.timedelta(days=1), **own)
    FactCardFactory(unit="transactions a year with councils in England", **own)
    FactCardFactory(unit="bins missed a year", **own)
    bins = ServiceFactory(name="Bins")

    assert [card.unit for card in figures_of_facts(harlow, [bins], MOST_KNOWN)] == ["bins missed a year"]
    assert figures_of_facts(harlow, [permits], MOST_KNOWN) == []
    assert len(figures_of_facts(harlow, None, MOST_KNOWN)) == 1


def test_a_bound_or_a_range_is_no_figure_and_what_is_about_right_is_an_estimate(harlow):
    own = {"source": "Harlow Council, 2015"}
    FactCardFactory(bound=FactCard.Bound.OVER, **own)
    FactCardFactory(bound=FactCard.Bound.RANGE, number_to=Decimal(600_000_000), **own)
    FactCardFactory(bound=FactCard.Bound.ABOUT, unit="% of permits are issued online", number=60, **own)

    [card] = figures_of_facts(harlow, None, MOST_KNOWN)

    assert (card.counted_by, card.unit, card.after.value) == ("estimate", "%", 60)
    assert card.measure == "Permits are issued online"


def test_words_typed_first_come_back_after_two_figures_were_tried(returned, interview, amina, permits, signed_in):
    client, here = signed_in(amina), f"/case-studies/new/{interview.pk}/5/"
    first, second = (f"return-{permits.pk}-{name}" for name in ("cost", "take-up"))
    typed = {"measure": "Permits by post", "before": "about forty", "figures_note": "By hand"}
    tried = client.get(client.post(here, {**typed, "go": f"use-{first}"}).url)
    assert f'name="filled_from" value="{first}"' in tried.content.decode()

    again = {**_boxes(tried), "after_n": "1900", "go": f"use-{second}"}
    filled = client.get(client.post(here, again).url)

    assert "Digital take-up, Parking permits" in _boxes(filled)["measure"]
    back = _boxes(client.get(here))
    assert {name: back[name] for name in typed} == typed, "what was filled in is not what was typed"
    assert back["after_n"] == "1900", "what was typed over it is"
    assert Interview.objects.get().answers["before_on_year"] == "", "nor is a day that was filled in"


def _boxes(page):
    """What a browser would send of the boxes of a page, as it stands."""
    form = page.context["form"]
    texts = {name: form[name].value() for name in form.fields if not name.endswith("_on")}
    days = {
        f"{name}_{part}": getattr(form[name].value(), part, "")
        for name in ("before_on", "after_on")
        for part in ("day", "month", "year")
    }
    return {name: "" if value is None else value for name, value in (texts | days).items()} | {
        "filled_from": page.context["filled_from"],
        "read": page.context["read"],
    }


def test_who_chooses_a_made_up_figure_makes_a_made_up_case_study_and_promise_that_headlines_mark(
    returned, interview, amina, permits, signed_in
):
    returned[1].is_illustrative = True
    returned[1].save()
    client, here = signed_in(amina), f"/case-studies/new/{interview.pk}/5/"
    chosen = client.get(f"{here}?from=return-{permits.pk}-cost")
    client.post(here, {**_boxes(chosen), "unit": "£ a year", "go": "on"})
    assert "marked “Illustrative”" in client.get(here).content.decode()
    for page in (1, 2, 3, 10, "check"):
        here = f"/case-studies/new/{interview.pk}/{page}/"
        client.post(here, {**ANSWERS.get(page, {}), "read": client.get(here).context["read"], "go": "on"})
    page = CaseStudyPage.objects.get()
    page.get_latest_revision().publish()

    page.refresh_from_db()
    promise = Benefit.objects.get()
    assert (page.is_illustrative, promise.is_illustrative, promise.unit) == (True, True, "£ a year")
    assert promise.measurements.get().is_illustrative
    assert "Illustrative: what was promised" in headline._of_money().note


def test_what_is_offered_fits_the_boxes_and_says_what_it_leaves_open(harlow, permits, interview, amina, signed_in):
    ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST)
    FactCardFactory(source=f"Harlow Council, {'a report ' * 20}", said_on=dt.date(2015, 3, 1))
    client = signed_in(amina)
    page = client.get(f"/case-studies/new/{interview.pk}/5/").content.decode()
    assert page.count("one value only, so enter what it was before") >= 2
    save_answers(interview, by=amina, typed={"figures_note": "Counted by hand. " * 14})

    for each in published_figures(Interview.objects.get(), {}):
        form = client.get(f"/case-studies/new/{interview.pk}/5/?from={each.key}").context["form"]
        for name in ("measure", "unit", "figures_note"):
            assert form.fields[name].clean(form[name].value()), (each.name, name)


def test_own_figures_are_spoken_of_where_there_are_some(interview, amina, harlow, permits, signed_in):
    here = f"/case-studies/new/{interview.pk}/1/"
    assert "published of it are offered" not in signed_in(amina).get(here).content.decode()

    ServiceReturnFactory(council=harlow, service=permits, quarter=LATEST)

    assert "published of it are offered" in signed_in(amina).get(here).content.decode()
