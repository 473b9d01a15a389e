"""Measurements, each as a ratio to a bare floor in the same run. `make bench` runs them and writes a dated result."""
