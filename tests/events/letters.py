"""Which messages operations have asked for."""

from django_tasks_db.models import DBTaskResult


def letters(name: str = "") -> list[int]:
    """The keys that were handed to the tasks of events whose path ends with `name`, in order."""
    tasks = DBTaskResult.objects.filter(task_path__startswith="events.places.tasks.", task_path__endswith=name)
    return [task.args_kwargs["args"][0] for task in tasks.order_by("enqueued_at")]
