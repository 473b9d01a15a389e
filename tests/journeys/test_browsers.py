"""A journey's browser comes from the journey before, and is as good as new."""

import pytest

from tests.journeys.browsers import Browsers

KEEPS = "() => { localStorage.setItem('kept', 'x'); sessionStorage.setItem('kept', 'x'); document.cookie = 'kept=x'; }"
FINDS = "() => [localStorage.getItem('kept'), sessionStorage.getItem('kept'), document.cookie]"


@pytest.fixture
def own(chromium, site):
    """Browsers that no other journey is handed."""
    return Browsers(chromium, site)


def test_nothing_of_one_journey_is_left_for_the_next(own):
    first = own.take(390, True)
    page, other = first.new_page(), first.new_page()
    page.goto("/robots.txt")
    page.evaluate(KEEPS)
    assert page.evaluate(FINDS) == ["x", "x", "kept=x"]
    first.grant_permissions(["geolocation"])
    first.route("**/robots.txt*", lambda route: route.abort())
    first.set_offline(True)
    own.give_back(first)

    assert page.is_closed()
    assert other.is_closed()
    second = own.take(390, True)
    assert second is first
    page = second.new_page()
    assert page.goto("/robots.txt?not-fetched-before").ok
    assert page.evaluate(FINDS) == [None, None, ""]
    assert page.evaluate("navigator.permissions.query({name: 'geolocation'}).then((is) => is.state)") != "granted"


def test_who_wants_another_width_or_no_scripts_or_comes_meanwhile_gets_another(own):
    first = own.take(390, True)
    meanwhile = own.take(390, True)
    own.give_back(first)

    others = {own.take(1280, True), own.take(390, False), meanwhile, own.take(390, True)}
    assert len(others) == 4
    assert first in others
