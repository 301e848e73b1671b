"""What to read next: articles that belong to an article, by its author's word, by links, by their words."""
