from django.db import migrations

ROLES = ["Facilitators", "Analysts", "Steering board", "Secretariat", "Alliance editors"]


def make_groups(apps, schema_editor):
    """One group for each platform role (accounts.roles)."""
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


def let_the_secretariat_read_the_audit_trail(apps, schema_editor):
    """The permission's row comes with post_migrate, which is after this, so it is made here."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    kind, _ = ContentType.objects.get_or_create(app_label="audit", model="auditevent")
    permission, _ = Permission.objects.get_or_create(
        content_type=kind, codename="view_auditevent", defaults={"name": "Can view audit event"}
    )
    Group.objects.get(name="Secretariat").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(let_the_secretariat_read_the_audit_trail, migrations.RunPython.noop),
    ]
