from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Register the panels of a council's profile, and watch writes so that they raise the content version."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_migrate

        from assets_registry.models import Asset
        from core import listing, panels
        from councils import succession
        from councils.models import Organisation
        from portal.figures.contributions import actions_panel, contributions_panel, figures_panel, predecessors_panel
        from portal.figures.headline import NAMES, figures_named
        from portal.figures.pack import case_studies, figures
        from portal.follows.operations import follow_instead
        from portal.follows.panels import follow_council_panel, follow_panel
        from portal.models import ContentPage, HomePage
        from portal.queries import story_at
        from portal.serving.content_version import look_again, look_away, remembered, watch
        from projects.models import Need, Project
        from publishing.blocks import live
        from publishing.forms import PageCopyForm, PageForm
        from steering.packs import registry as packs

        ContentPage.base_form_class = HomePage.base_form_class = PageForm
        ContentPage.copy_form_class = PageCopyForm
        live.figures.update(NAMES)
        live.register_reader("figures", figures_named)
        live.register_reader("story", story_at)
        for panel in (figures_panel, actions_panel, contributions_panel, predecessors_panel):
            panels.register(Organisation, panel)
        panels.register(Organisation, follow_council_panel)
        succession.register_followers(follow_instead)
        for model in (Asset, Need, Project):
            panels.register(model, follow_panel)
        packs.register(figures, order=30)
        packs.register(case_studies, order=100)
        listing.memory.remembered = remembered
        connection_created.connect(watch)
        pre_migrate.connect(look_away)
        post_migrate.connect(look_again)
