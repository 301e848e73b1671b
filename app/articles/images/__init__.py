"""Taking in pictures and documents, making copies in several sizes, and serving them."""
