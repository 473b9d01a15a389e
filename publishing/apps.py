from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        """Page types hold fields only; here they meet their form and who may do what with them."""
        from publishing.forms import CaseStudyForm
        from publishing.models import CaseStudyPage
        from publishing.permissions import CaseStudyPermissionTester

        CaseStudyPage.base_form_class = CaseStudyForm
        CaseStudyPage.permission_tester = CaseStudyPermissionTester
