"""The promises of sign-up and of votes, kept under a rush over real HTTP: `python -m benchmarks.promises --help`."""
