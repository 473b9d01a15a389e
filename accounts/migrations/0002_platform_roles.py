from django.db import migrations

ROLES = ["Facilitators", "Analysts", "Steering board", "Secretariat", "Alliance editors"]


def make_groups(apps, schema_editor):
    """One group for each platform role (accounts.roles)."""
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
