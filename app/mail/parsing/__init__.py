"""Reading mail that comes in: bytes of strangers to what a desk needs to know, whatever the bytes are."""
