"""What editors and councils publish: case studies, news, and the step of approval that belongs to a council."""

from publishing.models.case_study import CaseStudyIndexPage, CaseStudyPage
from publishing.models.news import NewsIndexPage, NewsPage
from publishing.models.workflow import CouncilPublisherTask, EditorTask

__all__ = ["CaseStudyIndexPage", "CaseStudyPage", "CouncilPublisherTask", "EditorTask", "NewsIndexPage", "NewsPage"]
