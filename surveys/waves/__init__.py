"""The waves of the annual survey as data: what each asked and what was published, loaded from files."""
