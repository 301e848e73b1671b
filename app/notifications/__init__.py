"""Notifications: who hears of what happened, for now by mail."""
