"""Every published version knows which fields its keys name; record history says of which version its keys are."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and fill them for what is stored."""
    schema = op.get_context().version_table_schema
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("application_version", sa.Column("field_ids", text), schema=schema)
    op.add_column("record_history", sa.Column("application_version", sa.BigInteger()), schema=schema)
    _name_fields(op.get_bind(), "" if schema is None else f'"{schema}".')
    _name_versions(op.get_bind(), "" if schema is None else f'"{schema}".')


def _name_versions(connection: sa.Connection, schema: str) -> None:
    """A change was written under the version that was the current one at its time."""
    connection.execute(
        sa.text(
            f"UPDATE {schema}record_history SET application_version = coalesce((SELECT max(v.number)"
            f" FROM {schema}application_version v JOIN {schema}entity_def e ON e.application_id = v.application_id"
            f" WHERE e.id = {schema}record_history.entity_id AND v.published_at <= {schema}record_history.at), 1)"
        )
    )


def _name_fields(connection: sa.Connection, schema: str) -> None:
    """Publish every version again in thought: what then has a key is what the tables have under it."""
    for (application_id,) in connection.execute(sa.text(f"SELECT id FROM {schema}application")).all():
        rows = connection.execute(
            sa.text(
                f"SELECT number, CAST(document AS TEXT) FROM {schema}application_version"
                " WHERE application_id = :application ORDER BY number"
            ),
            {"application": application_id},
        )
        replay = Replay()
        for number, document in rows:
            replay.publish(number, _entities(json.loads(document)["files"]))
        _give_ids(connection, schema, application_id, entities=replay.entities)
        for number, content in replay.field_ids().items():
            connection.execute(
                sa.text(
                    f"UPDATE {schema}application_version SET field_ids = :content"
                    " WHERE application_id = :application AND number = :number"
                ),
                {"content": content, "application": application_id, "number": number},
            )


def _entities(files: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [document for path, document in files.items() if path.startswith("entities/")]


class Thing:
    """An entity, field or column that was published once. `place`: its number in the order of making."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.id: str | None = None
        self.is_hidden = False
        self.inner: dict[str, Thing] = {}


class Replay:
    """What publishing the versions one after the other made, as releases before this one did it."""

    def __init__(self) -> None:
        self.entities: dict[str, Thing] = {}
        self.versions: dict[int, dict[str, tuple[Thing, dict[str, Thing]]]] = {}
        self._places = count()

    def publish(self, number: int, documents: list[Mapping[str, Any]]) -> None:
        """One version more, with the entities of its document."""
        self.entities = self._publish(self.entities, documents)
        named: dict[str, tuple[Thing, dict[str, Thing]]] = {}
        for document in documents:
            entity = self.entities[document["key"]]
            named[document["key"]] = (entity, self._publish_fields(entity, document["fields"]))
        self.versions[number] = named

    def _publish_fields(self, entity: Thing, fields: list[Mapping[str, Any]]) -> dict[str, Thing]:
        entity.inner = self._publish(entity.inner, fields)
        paths: dict[str, Thing] = {}
        for thing in entity.inner.values():
            if thing.is_hidden:
                # a subform that is removed is removed with its columns
                for column in thing.inner.values():
                    column.is_hidden = True
        for item in fields:
            columns = item.get("fields", [])
            thing = paths[item["key"]] = entity.inner[item["key"]]
            thing.inner = self._publish(thing.inner, columns)
            paths |= {f"{item['key']}.{column['key']}": thing.inner[column["key"]] for column in columns}
        return paths

    def _publish(self, known: dict[str, Thing], documents: list[Mapping[str, Any]]) -> dict[str, Thing]:
        wanted = {document["key"]: document.get("was") for document in documents}
        hidden = {key for key, thing in known.items() if thing.is_hidden}
        formers = former_keys([key for key in known if key not in hidden], wanted)
        after: dict[str, Thing] = {}
        for key, former in formers.items():
            place = key if former is None and key in hidden else former
            after[key] = known[place] if place is not None else Thing(next(self._places))
            after[key].is_hidden = False
        kept = {thing.place for thing in after.values()}
        for key, thing in known.items():
            if thing.place not in kept:
                thing.is_hidden = True
                after[f"~{thing.place}" if key in after else key] = thing
        return after

    def field_ids(self) -> dict[int, str]:
        """What each version gets, as JSON; what has no id in the tables is left out."""
        return {
            number: json.dumps(
                {
                    key: {
                        "id": entity.id,
                        "fields": {path: thing.id for path, thing in paths.items() if thing.id is not None},
                    }
                    for key, (entity, paths) in named.items()
                    if entity.id is not None
                },
                separators=(",", ":"),
            )
            for number, named in self.versions.items()
        }


def former_keys(old: Collection[str], new: Mapping[str, str | None]) -> dict[str, str | None]:
    """The former key of each key of `new`; None: it is new."""
    taken: dict[str, str] = {}
    waiting = deque(key for key in new if key not in old)
    while waiting:
        key = waiting.popleft()
        was = new[key]
        if was is not None and was in old and was not in taken:
            taken[was] = key
            if was in new:
                waiting.append(was)
    renamed = {key: former for former, key in taken.items()}
    own = {key: key for key in new if key in old and key not in taken}
    return {key: renamed.get(key, own.get(key)) for key in new}


def _give_ids(connection: sa.Connection, schema: str, application_id: str, *, entities: dict[str, Thing]) -> None:
    rows = connection.execute(
        sa.text(f"SELECT id, key FROM {schema}entity_def WHERE application_id = :application"),
        {"application": application_id},
    )
    _match(entities, {key: entity_id for entity_id, key in rows})
    for entity in entities.values():
        rows = connection.execute(
            sa.text(f"SELECT id, parent_id, key FROM {schema}field_def WHERE entity_id = :entity"),
            {"entity": entity.id},
        )
        found: dict[str, dict[str, str]] = {}
        for field_id, parent_id, key in rows:
            found.setdefault(parent_id, {})[key] = field_id
        _match(entity.inner, found.get("", {}))
        for thing in entity.inner.values():
            _match(thing.inner, found.get(thing.id or "-", {}))


def _match(things: dict[str, Thing], stored: Mapping[str, str]) -> None:
    """Give ids by key; those whose keys others took over since are told apart by the order of their making."""
    for key, thing in things.items():
        thing.id = None if key.startswith("~") else stored.get(key)
    nameless = sorted((thing for key, thing in things.items() if key.startswith("~")), key=lambda thing: thing.place)
    left = sorted(field_id for key, field_id in stored.items() if key.startswith("~"))
    if len(nameless) == len(left):
        for thing, field_id in zip(nameless, left, strict=True):
            thing.id = field_id
