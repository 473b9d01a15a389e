"""Measurements of what the portal costs, each beside its goal. `make bench` runs them and writes a dated result.

`python -m benchmarks pages search` runs some of them; `python -m benchmarks gate` compares with the last result.
"""
