from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from core import inbox as week
        from projects import inbox

        week.register("waiting", inbox.updates_overdue)
        moved = (inbox.needs_that_moved, inbox.prototypes_of_our_needs, inbox.projects_that_moved)
        week.register("moved", *moved, inbox.updates_of_our_projects)
        week.register("new", inbox.needs_for_our_services)
