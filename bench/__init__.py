"""The project's own measurements: ratios within one run, since machines differ; never a test."""
