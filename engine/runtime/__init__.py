"""Use cases: load, decide, save; each runs inside a transaction that its caller opened."""
