"""Settings: base is the same everywhere; dev, test and production hold only what differs."""
