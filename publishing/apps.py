from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Case studies and news"

    def ready(self) -> None:
        """Give page types and steps their forms and permissions: their own modules hold fields only."""
        from django.db.models import Q
        from wagtail.images.models import Image
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from core import inbox as week
        from core import panels
        from councils import data, leaving, succession
        from councils.models import Organisation
        from projects.models import Need
        from publishing import inbox, receivers
        from publishing import leaving as own_leaving
        from publishing import succession as own_succession
        from publishing.blocks import live, reading
        from publishing.forms import CaseStudyForm, NewsForm, PageCopyForm, SendBackForm
        from publishing.lists import CASE_STUDIES
        from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage, Picture
        from publishing.models.workflow import ApprovalStep
        from publishing.panels import case_studies_panel, done_elsewhere, we_have_done_this
        from publishing.permissions import (
            CaseStudyPermissionTester,
            CouncilPagePolicy,
            EditorialPermissionTester,
            IndexPermissionTester,
            PicturePolicy,
            promises_of_case_studies_by,
            promises_of_own_case_studies,
            promises_of_visible_case_studies,
            promises_of_withdrawn_case_studies,
        )
        from publishing.queries import council_of_promise, verifier_of, with_name_of_council
        from take_up import told

        CaseStudyPage.base_form_class = CaseStudyForm
        NewsPage.base_form_class = NewsForm
        CaseStudyPage.copy_form_class = NewsPage.copy_form_class = PageCopyForm
        CaseStudyPage.permission_tester = CaseStudyPermissionTester
        CaseStudyIndexPage.permission_tester = NewsIndexPage.permission_tester = IndexPermissionTester
        NewsPage.permission_tester = EditorialPermissionTester
        ApprovalStep.reason_form = SendBackForm
        register_permission_policy(Page, CouncilPagePolicy())
        # Before the one that Wagtail registers after us for the same class.
        policy = PicturePolicy(Picture, auth_model=Image, owner_field_name="uploaded_by_user")
        register_permission_policy(Picture, policy, exact_class=True)
        panels.register(Organisation, case_studies_panel)
        panels.register(Need, done_elsewhere)
        panels.register(Need, we_have_done_this)
        live.register_kinds(*reading.KINDS)
        live.register_reader("facts", reading.facts_in_block)
        live.register_reader("picture", reading.picture_for_preview)
        receivers.connect()
        told.register(
            told.Told(
                shown_to=promises_of_visible_case_studies,
                answered_for_by=promises_of_own_case_studies,
                withdrawn=promises_of_withdrawn_case_studies,
                of_councils=promises_of_case_studies_by,
                with_name=with_name_of_council,
                council_of=council_of_promise,
                verifier_of=verifier_of,
            )
        )
        week.register("waiting", inbox.case_studies_sent_back, inbox.pages_to_decide)
        week.register("waiting", inbox.interviews_under_way)
        week.register("new", inbox.case_studies_for_our_services, inbox.pages_of_followed_councils)
        succession.register(*own_succession.RUNNING)
        data.register(
            data.of_list(CASE_STUDIES, "Case studies that it published", lambda councils: Q(council__in=councils))
        )
        leaving.register(*own_leaving.OF_ONE_PERSON)
