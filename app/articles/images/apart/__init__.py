"""Reading pictures in a process of its own, which may be killed: no picture ever harms the desk."""
