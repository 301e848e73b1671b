"""Articles that come from elsewhere or go elsewhere: imports and exports, without losing a byte."""
