"""The portal: the door that visitors come in by, where guides, questions and tickets meet."""
