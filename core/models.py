"""Abstract bases only."""

from django.db import models

from core import clock


class Recorded(models.Model):
    """A row with the moments at which it was made and last changed, by `core.clock`."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        self.updated_at = clock.now()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "updated_at"}
        super().save(*args, **kwargs)


class Illustrative(models.Model):
    """A row that has a source, or is marked as made up for the demo.

    With both, the source says which part of it is illustrative.
    """

    source = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where this comes from, for records taken from a published document",
    )
    is_illustrative = models.BooleanField(default=False, help_text="Made up to show how the portal works")

    class Meta:
        abstract = True
