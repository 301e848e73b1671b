"""Metrics: questions that people keep: reports, dashboards of them, and mails that bring them."""
