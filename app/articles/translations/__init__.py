"""Articles in several languages: which belong together, and which no longer say the same."""
