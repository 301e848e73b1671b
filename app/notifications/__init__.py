"""Notifications: who hears of what, on the site, by mail at once, or in a digest."""
