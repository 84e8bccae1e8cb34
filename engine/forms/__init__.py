"""Interpreting entities and forms: compiled formulas, computed values, visibility, rights and the one validator."""
