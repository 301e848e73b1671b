"""HTTP in, HTTP out, for metrics."""
