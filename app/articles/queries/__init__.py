"""Reading the knowledge base for pages: rows of plain values, a constant number of statements."""
