"""Reading the files of the knowledge base: bytes to typed fields, every fault with its place."""
