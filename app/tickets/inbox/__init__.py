"""The inbox: finding tickets in one box, views, changing many at once."""
