"""Documents whose member order means something are text on PostgreSQL too; versions get hashes that no order changes.

JSONB keeps members by length and then by name. What was stored so is written in the order of the model again; the
members of maps that authors fill keep the order they have.
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from engine.errors import Rejection
from engine.model.canonical import dump_application, parse_application

revision = "0002"
down_revision = "0001"

_DOCUMENTS = (
    ("application_version", "document"),
    ("draft", "content"),
    ("flow_event", "payload"),
    ("flow_instance", "snapshot"),
    ("record_history", "changes"),
)


def upgrade() -> None:
    """Change the columns, then write every version anew."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        kind = sa.Text(collation="C")
        schema = op.get_context().version_table_schema
        for table, column in _DOCUMENTS:
            op.alter_column(table, column, type_=kind, postgresql_using=f"{column}::text", schema=schema)
    _write_versions(is_ordered=not is_postgresql)


def _write_versions(*, is_ordered: bool) -> None:
    connection = op.get_bind()
    columns: list[sa.ColumnClause[object]] = [
        sa.column(name) for name in ("application_id", "number", "hash", "document")
    ]
    table = sa.table("application_version", *columns, schema=op.get_context().version_table_schema)
    for row in connection.execute(sa.select(table)).all():
        document = row.document if is_ordered else _canonical(row.document)
        one = (table.c.application_id == row.application_id) & (table.c.number == row.number)
        connection.execute(sa.update(table).where(one).values(document=document, hash=_hash(document)))


def _canonical(document: str) -> str:
    try:
        return dump_application(parse_application(document))
    except (Rejection, ValueError):
        # nothing reads it now, and this release could not; it stays what it is
        return document


def _hash(document: str) -> str:
    ordered = json.dumps(json.loads(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(ordered.encode()).hexdigest()
