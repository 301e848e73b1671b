"""Mail that machines write: replies nobody typed, lists, and mail that comes back."""
