"""Writing articles in the browser: the form, what is kept while somebody writes, saving, preview."""
