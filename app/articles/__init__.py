"""The knowledge base: articles in sections, loaded from Markdown files, read by those who may."""
