import core.clock
from django.db import migrations, models

from assets_registry.repositories import repository_key


def make_keys_anew(apps, schema_editor):
    """Give entries the key that their address has now; one whose key another entry has by then keeps its own."""
    Asset = apps.get_model("assets_registry", "Asset")
    living = Asset.objects.exclude(state="withdrawn")
    for asset in Asset.objects.exclude(repository_url="").only("pk", "repository_url", "repository_key").iterator():
        key = repository_key(asset.repository_url)
        if key != asset.repository_key and not living.filter(repository_key=key).exclude(pk=asset.pk).exists():
            Asset.objects.filter(pk=asset.pk).update(repository_key=key)


class Migration(migrations.Migration):
    dependencies = [("assets_registry", "0007_adoptions_and_benefits_moved")]

    operations = [
        migrations.CreateModel(
            name="MovedRepository",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=400, unique=True)),
                ("now_key", models.CharField(db_index=True, max_length=400)),
                ("seen_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(key=models.F("now_key")), name="a_repository_moves_somewhere_else"
                    )
                ],
            },
        ),
        migrations.RunPython(make_keys_anew, migrations.RunPython.noop, elidable=True),
    ]
