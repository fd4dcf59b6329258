"""Studies: many runs side by side, and the questions they answer."""
