"""Facilitators enter the admin to look up needs, projects and events; they change nothing there."""

from django.db import migrations


def let_in(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    facilitators, _ = Group.objects.get_or_create(name="Facilitators")
    facilitators.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_platform_roles"),
        ("portal", "0006_content_changes"),
    ]

    operations = [
        migrations.RunPython(let_in, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="contentpage",
            options={"verbose_name": "page of guidance", "verbose_name_plural": "pages of guidance"},
        ),
    ]
