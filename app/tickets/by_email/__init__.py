"""Mail as a front door: what comes in becomes messages and tickets through the verbs of this room."""
