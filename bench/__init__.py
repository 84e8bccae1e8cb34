"""Measurements against a usual application: ratios in one run, never absolute claims."""
