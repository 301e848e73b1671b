"""Reading for the pages of the community: rows, not models."""
