"""The secretariat enters the admin and writes pages; an Alliance editor publishes them."""

from django.db import migrations


def let_in(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Page = apps.get_model("wagtailcore", "Page")
    Permission = apps.get_model("auth", "Permission")
    secretariat, _ = Group.objects.get_or_create(name="Secretariat")
    secretariat.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=secretariat,
            page=Page.objects.get(depth=1),
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=codename),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_platform_roles"),
        ("portal", "0004_news_is_approved"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(let_in, migrations.RunPython.noop)]
