"""The system tables of a workspace: settings, organisation, sessions, definitions, flows, tasks, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def _text(name: str, **options: object) -> sa.Column[str]:
    # text compares by code point on both databases; record tables do, and an index serves a join of one collation only
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=bool(options.pop("null", False)), **options)  # type: ignore[arg-type]


def _int(name: str, **options: object) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=bool(options.pop("null", False)), **options)  # type: ignore[arg-type]


def _json(name: str, **options: object) -> sa.Column[str]:
    kind = sa.Text().with_variant(JSONB(), "postgresql")
    return sa.Column(name, kind, nullable=bool(options.pop("null", False)), **options)  # type: ignore[arg-type]


def _table(name: str, *columns: sa.Column[str] | sa.Column[int], primary: str) -> None:
    schema = op.get_context().version_table_schema
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*primary.split()), schema=schema)


def _index(name: str, table: str, columns: str, *, unique: bool = False, where: str | None = None) -> None:
    schema = op.get_context().version_table_schema
    condition = sa.text(where) if where else None
    op.create_index(
        name, table, columns.split(), unique=unique, schema=schema, sqlite_where=condition, postgresql_where=condition
    )


def upgrade() -> None:
    """Create all tables."""
    _workspace()
    _people()
    _definitions()
    _records()
    _flows()
    _journal()


def _workspace() -> None:
    _table("setting", _text("key"), _json("value"), primary="key")
    _table("version_mark", _text("name"), _int("version"), primary="name")


def _people() -> None:
    _table(
        "member",
        _text("id"), _text("account"), _json("name"), _text("email", null=True), _text("language", null=True),
        _text("supervisor_id", null=True), _int("is_admin"), _text("state"), _int("is_sample"), _int("created_at"),
        primary="id",
    )  # fmt: skip
    _index("member_account", "member", "account", unique=True)
    _table(
        "department",
        _text("id"), _text("key"), _json("title"), _text("parent_id", null=True), _int("position"), _int("is_sample"),
        primary="id",
    )  # fmt: skip
    _index("department_key", "department", "key", unique=True)
    _table(
        "department_member",
        _text("department_id"), _text("member_id"), _int("is_head"), _int("is_main"), _int("position"),
        primary="department_id member_id",
    )  # fmt: skip
    _table("role", _text("id"), _text("key"), _json("title"), _int("is_sample"), primary="id")
    _index("role_key", "role", "key", unique=True)
    _table("role_member", _text("role_id"), _text("member_id"), _int("position"), primary="role_id member_id")
    _table(
        "session",
        _text("token_hash"), _text("member_id"), _text("origin_member_id", null=True), _int("created_at"),
        _int("expires_at"), primary="token_hash",
    )  # fmt: skip
    _index("session_member", "session", "member_id")
    _table(
        "sign_in_link",
        _text("token_hash"), _text("member_id"), _int("created_at"), _int("expires_at"), _int("used_at", null=True),
        primary="token_hash",
    )  # fmt: skip
    _table(
        "api_key",
        _text("id"), _text("token_hash"), _text("prefix"), _text("title"), _text("member_id"), _text("created_by"),
        _int("created_at"), _int("revoked_at", null=True), primary="id",
    )  # fmt: skip
    _index("api_key_token", "api_key", "token_hash", unique=True)
    _index("api_key_member", "api_key", "member_id")


def _definitions() -> None:
    _table(
        "application",
        _text("id"), _text("key"), _int("current_version"), _int("is_sample"), _int("created_at"),
        primary="id",
    )  # fmt: skip
    _index("application_key", "application", "key", unique=True)
    _table(
        "application_version",
        _text("application_id"), _int("number"), _text("hash"), _json("document"), _text("note", null=True),
        _int("published_at"), _text("published_by", null=True), primary="application_id number",
    )  # fmt: skip
    _table(
        "application_need",
        _text("application_id"), _text("kind"), _text("need_key"), _text("target_id"),
        primary="application_id kind need_key",
    )  # fmt: skip
    _table(
        "entity_def",
        _text("id"), _text("application_id"), _text("key"), _int("is_hidden"), primary="id",
    )  # fmt: skip
    _index("entity_def_key", "entity_def", "application_id key", unique=True)
    _table(
        "field_def",
        _text("id"), _text("entity_id"), _text("parent_id"), _text("key"), _text("kind"), _int("scale"),
        _int("is_hidden"), primary="id",
    )  # fmt: skip
    _index("field_def_key", "field_def", "entity_id parent_id key", unique=True)


def _records() -> None:
    _table(
        "record_history",
        _text("entity_id"), _text("record_id"), _int("version"), _int("at"), _text("actor_id", null=True),
        _text("kind"),        _json("changes"), _json("source", null=True), primary="record_id version",
    )  # fmt: skip
    _table(
        "record_reader",
        _text("record_id"), _text("member_id"), _text("source"), _text("entity_id"),
        primary="record_id member_id source",
    )  # fmt: skip
    _index("record_reader_member", "record_reader", "member_id entity_id record_id")
    _table("serial_counter", _text("field_id"), _text("period"), _int("value"), primary="field_id period")
    _table(
        "draft",
        _text("id"), _text("member_id"), _text("application_id"), _text("form_key"), _json("content"),
        _int("updated_at"), primary="id",
    )  # fmt: skip
    _index("draft_member", "draft", "member_id updated_at id")
    _table(
        "file",
        _text("id"), _text("name"), _int("size"), _text("media_type"), _text("sha256"), _text("created_by"),
        _int("created_at"), _text("entity_id", null=True), _text("record_id", null=True), _text("field_key", null=True),
        primary="id",
    )  # fmt: skip
    _index("file_record", "file", "record_id")


def _flows() -> None:
    _table(
        "flow_instance",
        _text("id"), _text("application_id"), _int("application_version"), _text("flow_key"), _text("entity_id"),
        _text("record_id"), _text("initiator_id"), _text("department_id", null=True), _text("title"), _text("status"),
        _int("seq"), _json("snapshot"), _int("started_at"), _int("ended_at", null=True), primary="id",
    )  # fmt: skip
    _index("flow_instance_record", "flow_instance", "record_id started_at id")
    _index("flow_instance_initiator", "flow_instance", "initiator_id started_at id")
    _index("flow_instance_running", "flow_instance", "record_id", unique=True, where="status = 'running'")
    _table(
        "flow_event",
        _text("instance_id"), _int("seq"), _int("at"), _text("kind"), _text("node_key", null=True),
        _int("activation", null=True), _text("actor_id", null=True), _json("payload"), primary="instance_id seq",
    )  # fmt: skip
    _table(
        "task",
        _text("id"), _text("instance_id"), _int("number"), _int("activation"), _text("node_key"), _text("member_id"),
        _text("state"), _text("decision", null=True), _text("comment", null=True), _int("opened_at"),
        _int("closed_at", null=True), _text("closed_by", null=True), _text("entity_id"), _text("record_id"),
        primary="id",
    )  # fmt: skip
    _index("task_number", "task", "instance_id number", unique=True)
    _index("task_member", "task", "member_id state opened_at id")
    _index("task_handled", "task", "closed_by closed_at id", where="closed_by IS NOT NULL")
    _index("task_open_once", "task", "instance_id activation member_id", unique=True, where="state = 'open'")
    _table(
        "flow_copy",
        _text("id"), _text("instance_id"), _text("node_key"), _text("member_id"), _int("at"),
        _int("read_at", null=True),        primary="id",
    )  # fmt: skip
    _index("flow_copy_member", "flow_copy", "member_id at id")
    _index("flow_copy_once", "flow_copy", "instance_id node_key member_id", unique=True)


def _journal() -> None:
    _table(
        "idempotency",
        _text("principal_id"), _text("route"), _text("key"), _text("body_hash"), _int("status"), _text("answer"),
        _int("at"), primary="principal_id route key",
    )  # fmt: skip
    _table(
        "audit",
        _text("id"), _int("at"), _text("actor_id", null=True), _text("origin_id", null=True), _text("action"),
        _text("target_kind"), _text("target_id", null=True), _json("details"), primary="id",
    )  # fmt: skip
    _index("audit_at", "audit", "at id")
    _table(
        "outbox",
        _text("id"), _int("at"), _text("name"), _text("entity_id", null=True), _text("record_id", null=True),
        _text("instance_id", null=True), _json("payload"), primary="id",
    )  # fmt: skip
