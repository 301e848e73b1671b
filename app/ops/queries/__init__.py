"""Reading for the pages of this room: rows of plain values, a constant number of statements."""
