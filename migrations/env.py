"""Alembic's entry point: runs the migrations on the connection that the engine hands over."""

from alembic import context

settings = context.config.attributes
context.configure(
    connection=settings["connection"],
    version_table_schema=settings["schema"],
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
