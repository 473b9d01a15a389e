"""The yearly saving of every case that was accepted becomes its promise; one typed beside it takes its sum."""

from decimal import Decimal

from django.db import migrations
from django.db.models import F


def derive_promises(apps, schema_editor) -> None:
    Benefit = apps.get_model("assets_registry", "Benefit")
    BusinessCase = apps.get_model("projects", "BusinessCase")
    Benefit.objects.filter(result__isnull=False).update(
        result_source=F("source"), result_is_illustrative=F("is_illustrative")
    )
    for case in BusinessCase.objects.filter(state="accepted", promise=None):
        derived = {
            "business_case": case,
            "claimed": (case.volume * case.take_up / 100 * case.saving_per_unit).quantize(Decimal("0.01")),
            "claimed_in": f"Business case, version {case.version}, {case.decision_number}",
        }
        typed = Benefit.objects.filter(
            project=case.project_id, unit="£ a year", business_case=None, claimed_in__icontains="business case"
        )
        if first := typed.order_by("claimed_on", "pk").first():
            Benefit.objects.filter(pk=first.pk).update(**derived)
            continue
        Benefit.objects.create(
            project_id=case.project_id,
            title="Saving, all councils in scope",
            unit="£ a year",
            claimed_on=case.decided_on,
            recorded_by_id=case.written_by_id,
            source=case.source,
            is_illustrative=case.is_illustrative,
            **derived,
        )


class Migration(migrations.Migration):
    dependencies = [("assets_registry", "0002_promises_of_business_cases")]

    operations = [migrations.RunPython(derive_promises, migrations.RunPython.noop)]
