"""Who may do what with pages, pictures and documents, and the three steps a case study takes to be published."""

from django.db import migrations

EDITORS, CONTRIBUTORS = "Alliance editors", "Council contributors"


def permission(apps, app, model, codename, name):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
    found, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def give_rights(apps, schema_editor):
    """Editors everywhere; contributors may begin a case study, and no more. Wagtail's own groups go."""
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Collection = apps.get_model("wagtailcore", "Collection")
    Page = apps.get_model("wagtailcore", "Page")
    CaseStudyIndexPage = apps.get_model("publishing", "CaseStudyIndexPage")

    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    contributors, _ = Group.objects.get_or_create(name=CONTRIBUTORS)

    enter = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    check = permission(
        apps,
        "publishing",
        "casestudypage",
        "check_evidence",
        "Can record that a case study was checked independently",
    )
    editors.permissions.add(enter, check)
    contributors.permissions.add(enter)

    root = Page.objects.get(depth=1)
    for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        GroupPagePermission.objects.get_or_create(
            group=editors, page=root, permission=permission(apps, "wagtailcore", "page", f"{action}_page", f"Can {action} page")
        )
    index = CaseStudyIndexPage.objects.get()
    GroupPagePermission.objects.get_or_create(
        group=contributors, page_id=index.pk, permission=permission(apps, "wagtailcore", "page", "add_page", "Can add page")
    )
    everything = Collection.objects.get(depth=1)
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            GroupCollectionPermission.objects.get_or_create(
                group=editors,
                collection=everything,
                permission=permission(apps, app, model, f"{action}_{model}", f"Can {action} {model}"),
            )


def set_up_workflow(apps, schema_editor):
    """Council's publisher, then Alliance editor. Wagtail's own workflow for every page goes: editors publish news."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    CaseStudyIndexPage = apps.get_model("publishing", "CaseStudyIndexPage")

    Workflow.objects.all().delete()
    Task.objects.all().delete()
    workflow = Workflow.objects.create(name="Case study", active=True)
    steps = (("CouncilPublisherTask", "The council's publisher"), ("EditorTask", "Alliance editor"))
    for order, (model, name) in enumerate(steps):
        content_type, _ = ContentType.objects.get_or_create(app_label="publishing", model=model.lower())
        task = apps.get_model("publishing", model).objects.create(name=name, active=True, content_type=content_type)
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
    WorkflowPage.objects.create(page_id=CaseStudyIndexPage.objects.get().pk, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_platform_roles"),
        ("portal", "0002_site_tree"),
        ("publishing", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RunPython(set_up_workflow, migrations.RunPython.noop),
    ]
