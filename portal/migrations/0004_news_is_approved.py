"""News is approved by an Alliance editor who did not write it."""

from django.db import migrations


def set_up(apps, schema_editor):
    """The editors' step exists already, as the last one of a case study."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    step = apps.get_model("publishing", "EditorTask").objects.order_by("pk").first()
    news = apps.get_model("publishing", "NewsIndexPage").objects.first()
    if step is None or news is None or WorkflowPage.objects.filter(page_id=news.pk).exists():
        return
    workflow = Workflow.objects.create(name="News", active=True)
    WorkflowTask.objects.create(workflow=workflow, task_id=step.pk, sort_order=0)
    WorkflowPage.objects.create(page_id=news.pk, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_who_may_publish")]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
