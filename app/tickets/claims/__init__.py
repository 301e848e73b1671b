"""Mail that may not be what it says: it waits here until somebody has looked at it."""
