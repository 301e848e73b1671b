"""HTTP in, HTTP out, for tickets."""
