"""Case studies and news that go onto the site together, or not at all."""
