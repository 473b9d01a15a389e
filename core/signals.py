"""Signals to which apps further up may listen."""

from django.dispatch import Signal

# Rows were written in bulk, past save() and delete(): sender=Model, keys=[…]. Sent inside the same transaction.
rows_changed = Signal()
