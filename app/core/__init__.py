"""The ground floor: machinery that knows no product word."""
