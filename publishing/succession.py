"""Drafts and pictures of a council, for its successor; what it published stays under its name."""

from django.db.models import QuerySet

from councils.models import Organisation
from councils.succession import RunningWork, Succession
from publishing.models import CaseStudyPage, Interview, Picture


def _drafts(council: Organisation) -> QuerySet[CaseStudyPage]:
    return CaseStudyPage.objects.filter(council=council, first_published_at=None, withdrawn_on=None)


def _hand_on_draft(page: CaseStudyPage, succession: Succession) -> None:
    """Its council changes in the page and in every version, of which one may be approved and waits."""
    page.council = succession.to
    page.save(update_fields=["council"])
    for revision in page.revisions.all():
        revision.content["council"] = succession.to.pk
        revision.save(update_fields=["content"])


def _pictures(council: Organisation) -> QuerySet[Picture]:
    return Picture.objects.filter(council=council)


def _hand_on_picture(picture: Picture, succession: Succession) -> None:
    picture.council = succession.to
    picture.save(update_fields=["council"])


def _interviews(council: Organisation) -> QuerySet[Interview]:
    return Interview.objects.filter(council=council, sent_at=None)


def _hand_on_interview(interview: Interview, succession: Succession) -> None:
    interview.council = succession.to
    interview.save(update_fields=["council"])


RUNNING = (
    RunningWork(("case study in the interview", "case studies in the interview"), _interviews, _hand_on_interview),
    RunningWork(("draft of a case study", "drafts of case studies"), _drafts, _hand_on_draft),
    RunningWork(("picture", "pictures"), _pictures, _hand_on_picture),
)
