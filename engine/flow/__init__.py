"""The interpreter of approval flows: pure, one command in, events and the next snapshot out."""
