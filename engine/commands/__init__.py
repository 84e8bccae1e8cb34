"""The commands of `formwright`, one noun a file."""
