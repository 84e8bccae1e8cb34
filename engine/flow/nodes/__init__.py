"""One file per kind of block: what it does when it becomes alive and when a block inside it was passed."""
