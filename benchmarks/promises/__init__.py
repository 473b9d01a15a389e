"""The promises of sign-up, kept under a rush over real HTTP: `python -m benchmarks.promises --help`."""
