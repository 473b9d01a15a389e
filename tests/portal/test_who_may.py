"""The page of who may do what says in words what the table of docs/who-may.md has for each role."""

import pytest
from bs4 import BeautifulSoup

from portal.who_may import ROLES, rows, what_people_do


def said_of(words):
    (row,) = (row for _, section in what_people_do() for row in section if row[0] == words)
    return row[1]


@pytest.mark.parametrize(
    ("done", "who"),
    [
        ("Take what waits in the queue", "The secretariat, editors and superusers"),
        ("Change a name and a job title", "Their own: whoever has signed in"),
        (
            "Close an account",
            "The secretariat and superusers; their own: everybody else who has signed in",
        ),
        (
            "Confirm a member, change what they may do",
            "The secretariat and superusers; of their own council, with a second factor: leads",
        ),
        ("Give somebody a role of the platform, or take it: of oneself", "Nobody"),
    ],
)
def test_a_row_says_who_may_in_words(done, who):
    assert said_of(done) == who


def test_nothing_of_the_table_is_left_out_and_no_name_of_the_code_is_shown():
    told = [row for _, section in what_people_do() for row in section]

    assert len(told) == len(rows("What people do"))
    assert not [cell for row in told for cell in row if "`" in cell or "_" in cell]


@pytest.mark.parametrize("role", ROLES)
def test_of_one_role_exactly_what_its_column_has_is_told(role):
    told = [row for _, section in what_people_do(role) for row in section]

    assert len(told) == sum(bool(row.cells[role]) for row in rows("What people do"))


def test_the_page_tells_a_board_member_what_they_may_and_nothing_else(client, db):
    page = BeautifulSoup(client.get("/who-may/?role=board").content, "html.parser")

    assert page.title.text.startswith("What board members may do")
    assert "Change a name and a job title" in page.get_text()
    assert "Take what waits in the queue" not in page.get_text()


def test_an_unknown_role_is_all_people_and_the_page_says_so(client, db):
    page = client.get("/who-may/?role=wizard").content.decode()

    assert "Take what waits in the queue" in page
    assert "We did not understand this" in page
