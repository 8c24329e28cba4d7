"""What is measured, beside what, in one run: `make benchmark`, or `python -m benchmarks pages`."""
