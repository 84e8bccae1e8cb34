"""Formwright: an engine for forms, approval flows and records, driven by JSON definitions."""

__version__ = "0.1.0"
