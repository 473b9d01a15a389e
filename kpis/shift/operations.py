"""Putting what channel shift would save into a business case."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.permissions import require
from core.text import check_words
from kpis.shift.sums import Shift
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations import draft_case
from projects.portfolio.operations.cases import BECAUSE_CASE, MOST_CHARACTERS, MOST_WORDS
from projects.portfolio.permissions import can_edit_project
from projects.sums.models import BASES, SUMS


@transaction.atomic
def put_shift_into_case(project: Project, *, by: User, shift: Shift) -> Project:
    """Add the saving with its working and the caveat to the words of the project's draft, below what they say.

    Its figures stay as they are. The same again changes nothing.
    """
    require(can_edit_project(by, project), BECAUSE_CASE)
    project = Project.objects.select_for_update().get(pk=project.pk)
    case = project.business_cases.first()
    if case is None or case.state != BusinessCase.State.DRAFT:
        raise Refused("This project has no draft of a business case. Begin one on its page first.", field="project")
    if shift.in_words in case.summary:
        return project
    words = f"{case.summary}\n\n{shift.in_words}".strip()
    if len(words) > MOST_CHARACTERS or _is_too_long(words):
        raise Refused("The words of this case are full. Shorten them on the page of the case first.", field="project")
    draft_case(
        project,
        by=by,
        summary=words,
        bases={name: getattr(case, name) for name in BASES},
        **{name: getattr(case, name) for name in SUMS},
    )
    return project


def _is_too_long(words: str) -> bool:
    try:
        check_words(words, MOST_WORDS)
    except ValidationError:
        return True
    return False
