"""The search answers what people ask of the demo programme, as judged by hand, on either engine."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.backends.django import Template
from django.utils.safestring import SafeString

from tests.architecture.asking import answer_of
from tests.relevance.scoring import FLOOR, judgements, mean, ndcg, score, worst

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def test_what_people_ask_is_answered(engine):
    scored = score(engine)

    assert mean(scored) >= FLOOR, worst(scored)


def test_every_record_that_was_judged_is_there(monkeypatch):
    """Its view is asked, as a stranger; the page that it would draw takes most of the time and says nothing here."""
    monkeypatch.setattr(Template, "render", lambda *args: SafeString())
    records = {record for grades in judgements().values() for record in grades}
    gone = {record for record in records if answer_of(AnonymousUser(), "get", record).status != 200}

    assert gone == set()
    assert len(judgements()) >= 60


def test_the_best_order_scores_1_and_any_other_less():
    grades = {"/a/": 3, "/b/": 2, "/c/": 1}

    assert ndcg(["/a/", "/b/", "/c/"], grades) == 1
    assert ndcg(["/b/", "/a/", "/c/"], grades) == pytest.approx(
        (3 + 7 / 1.58496 + 1 / 2) / (7 + 3 / 1.58496 + 1 / 2), abs=1e-4
    )
    assert ndcg(["/z/", "/a/", "/b/", "/c/"], grades) < 1
    assert ndcg([], grades) == 0


def test_where_nothing_is_right_anything_found_is_wrong():
    assert (ndcg([], {}), ndcg(["/a/"], {})) == (1, 0)
