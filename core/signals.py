"""What one app announces and another, further up, may hear."""

from django.dispatch import Signal

# Rows were written in bulk, past save() and delete(): sender=Model, keys=[…]. Sent inside the same transaction.
rows_changed = Signal()
