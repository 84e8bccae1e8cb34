"""Formwright: an engine for forms, approval flows and records, driven by JSON definitions."""
