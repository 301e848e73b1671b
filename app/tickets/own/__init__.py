"""The customers' side: their lists, and the page of one of their tickets."""
