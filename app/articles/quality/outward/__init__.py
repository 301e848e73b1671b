"""Links to the web: whether they still lead somewhere, asked politely and with care."""
