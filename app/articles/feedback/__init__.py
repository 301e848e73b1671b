"""What readers say of articles: whether one helped, and if not, why."""
