from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Needs and projects"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from projects import inbox
        from projects.blocks import inbox as blocks
        from projects.blocks.panels import blocks_panel
        from projects.models import Discovery, Need, Project, Prototype
        from projects.portfolio.panels import (
            steps_of_discovery_panel,
            steps_of_need_panel,
            steps_of_prototype_panel,
        )

        week.register("waiting", inbox.updates_overdue, blocks.blocks_to_remove)
        moved = (inbox.needs_that_moved, inbox.prototypes_of_our_needs, inbox.projects_that_moved)
        week.register("moved", *moved, inbox.updates_of_our_projects)
        week.register("new", inbox.needs_for_our_services)
        panels.register(Need, steps_of_need_panel)
        panels.register(Discovery, steps_of_discovery_panel)
        panels.register(Project, blocks_panel)
        panels.register(Prototype, steps_of_prototype_panel)
