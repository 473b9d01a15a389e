from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Needs and projects"

    def ready(self) -> None:
        from django.db.models import Q

        from core import inbox as week
        from core import panels
        from councils import data, leaving, succession
        from councils.models import Organisation
        from projects import inbox
        from projects import leaving as own_leaving
        from projects import succession as own_succession
        from projects.blocks import inbox as blocks
        from projects.blocks.panels import blocks_panel
        from projects.blocks.signals import blocks_of
        from projects.interest.inbox import interests_to_answer
        from projects.interest.panels import offers_panel, take_part_panel
        from projects.models import Discovery, Need, Project, Prototype
        from projects.needs.lists import NEEDS
        from projects.portfolio import suggestion
        from projects.portfolio.lists import PROJECTS
        from projects.portfolio.panels import (
            standing_of_projects_panel,
            steps_of_discovery_panel,
            steps_of_need_panel,
            steps_of_prototype_panel,
        )

        suggestion.add_source(suggestion.FRESHNESS, suggestion.freshness_signals)
        suggestion.add_source("blocks", blocks_of)
        week.register(
            "waiting", inbox.updates_overdue, inbox.pauses_to_end, interests_to_answer, blocks.blocks_to_remove
        )
        moved = (inbox.needs_that_moved, inbox.prototypes_of_our_needs, inbox.projects_that_moved)
        week.register("moved", *moved, inbox.updates_of_our_projects)
        week.register("new", inbox.needs_for_our_services, inbox.needs_of_followed_councils)
        panels.register(Project, take_part_panel)
        panels.register(Project, offers_panel)
        panels.register(Need, steps_of_need_panel)
        panels.register(Discovery, steps_of_discovery_panel)
        panels.register(Project, blocks_panel)
        panels.register(Prototype, steps_of_prototype_panel)
        panels.register(Organisation, standing_of_projects_panel)
        succession.register(*own_succession.RUNNING)
        leaving.register(*own_leaving.OF_ONE_PERSON)
        data.register(
            data.of_list(
                NEEDS,
                "Needs that it raised, or has too",
                lambda councils: Q(council__in=councils) | Q(supports__council__in=councils),
            ),
            data.of_list(
                PROJECTS,
                "Projects that it leads, or takes part in",
                lambda councils: Q(lead_council__in=councils) | Q(partners__in=councils),
            ),
        )
