"""Replay of real approval logs through the engine."""
