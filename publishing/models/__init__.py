"""What editors and councils publish: case studies, news, their pictures, the steps of approval, answers to needs."""

from publishing.models.answer import NeedAnswer
from publishing.models.bundle import Bundle, BundlePage
from publishing.models.case_study import CaseStudyIndexPage, CaseStudyPage
from publishing.models.evidence import CaseStudyPromise, EvidenceCheck, FollowUp
from publishing.models.interview import Interview
from publishing.models.media import Download, Picture, PictureRendition
from publishing.models.news import NewsIndexPage, NewsPage
from publishing.models.shared_draft import DraftComment, SharedDraft
from publishing.models.workflow import CouncilPublisherTask, EditorTask

__all__ = [
    "Bundle",
    "BundlePage",
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "CaseStudyPromise",
    "CouncilPublisherTask",
    "Download",
    "DraftComment",
    "EditorTask",
    "EvidenceCheck",
    "FollowUp",
    "Interview",
    "NeedAnswer",
    "NewsIndexPage",
    "NewsPage",
    "Picture",
    "PictureRendition",
    "SharedDraft",
]
