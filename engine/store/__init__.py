"""SQL: the only folder that knows tables."""
