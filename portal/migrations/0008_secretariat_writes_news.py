"""The secretariat writes news, and no other page: until now it could change all of them."""

from django.db import migrations


def narrow(apps, schema_editor):
    """From the root of the pages to the list of news, whatever it was given there."""
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    news = apps.get_model("publishing", "NewsIndexPage").objects.first()
    given = GroupPagePermission.objects.filter(group__name="Secretariat", page__depth=1)
    if news is None:
        return
    for right in given:
        GroupPagePermission.objects.get_or_create(group=right.group, page_id=news.pk, permission=right.permission)
    given.delete()


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_facilitators_in_admin")]

    operations = [migrations.RunPython(narrow, migrations.RunPython.noop)]
