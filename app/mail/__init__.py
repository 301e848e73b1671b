"""Mail: what leaves the house, whether it left, and what became of it."""
