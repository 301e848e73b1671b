"""Canned replies: texts that staff send again and again."""
