"""Who was there in groups: of no group so small that it would tell of single people is said how many they were."""

from events.places.attended import NOT_SHOWN, Group, as_may_be_said


def said(**groups):
    """What is said of the different people of each group, given as (events, delegates, people)."""
    found = [Group(name, name, *numbers, councils=1) for name, numbers in groups.items()]
    return [group.cells[1] for group in as_may_be_said(found)]


def test_a_group_of_ten_delegates_says_how_many_people_they_were_and_one_of_nine_does_not():
    assert said(a=(3, 10, 4), b=(9, 90, 40)) == [4, 40]
    assert said(a=(3, 9, 4), b=(9, 90, 40), c=(9, 80, 30)) == [NOT_SHOWN, 40, NOT_SHOWN]


def test_what_one_small_group_does_not_say_cannot_be_found_by_subtraction_from_the_total():
    assert said(a=(2, 3, 2), b=(2, 4, 2), c=(2, 12, 8), d=(5, 50, 40)) == [NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, 40]
    assert said(a=(2, 5, 3), b=(2, 6, 2), c=(2, 12, 8)) == [NOT_SHOWN, NOT_SHOWN, 8]


def test_of_one_event_all_are_different_people_and_that_is_said():
    assert said(a=(1, 3, 3), b=(9, 90, 40)) == [3, 40]
    assert said(a=(2, 3, 2), b=(1, 4, 4), c=(9, 90, 40)) == [NOT_SHOWN, 4, NOT_SHOWN]
