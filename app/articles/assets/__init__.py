"""Files that articles show or link to: what is known of them, and how a page shows them."""
