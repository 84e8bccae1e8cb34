"""Operations on records as requests write them: one object with one member, which says what is to be done."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engine.api.bodies import MAX_VERSION, Body, FieldValues, Id
from engine.model.base import Fault, Faults, Key
from engine.runtime.operations import (
    CreateOne,
    DeleteOne,
    Operation,
    PurgeOne,
    RestoreOne,
    UpdateOne,
    UpsertOne,
)

MAX_OPERATIONS = 1_000
Version = Annotated[int, Field(ge=1, le=MAX_VERSION)]
Match = Annotated[tuple[Key, ...], Field(min_length=1, max_length=8)]


class CreateBody(Body):
    """A new record. `id`: chosen by the client."""

    values: FieldValues
    id: Id | None = None


class UpdateBody(Body):
    """Changes of a record of which `version` was seen."""

    id: Id
    version: Version
    values: FieldValues


class UpsertBody(Body):
    """Values of the record that has the same values of the fields `match`, a unique field or combination; made if
    there is none.
    """

    match: Match
    values: FieldValues


class DeleteBody(Body):
    """A record to be put into the recycle bin, of which `version` was seen."""

    id: Id
    version: Version


class BinnedBody(Body):
    """A record of the recycle bin."""

    id: Id


class OperationBody(Body):
    """One operation: exactly one member."""

    create: CreateBody | None = None
    update: UpdateBody | None = None
    upsert: UpsertBody | None = None
    delete: DeleteBody | None = None
    restore: BinnedBody | None = None
    purge: BinnedBody | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise Faults((NotOneOperation(),))
        return self

    def operation(self) -> Operation:
        """As the runtime takes it."""
        if self.create is not None:
            return CreateOne(self.create.values, self.create.id)
        if self.update is not None:
            return UpdateOne(self.update.id, self.update.version, self.update.values)
        if self.upsert is not None:
            return UpsertOne(self.upsert.match, self.upsert.values)
        if self.delete is not None:
            return DeleteOne(self.delete.id, self.delete.version)
        if self.restore is not None:
            return RestoreOne(self.restore.id)
        if self.purge is not None:
            return PurgeOne(self.purge.id)
        raise NotOneOperation


class NotOneOperation(Fault):
    code = "not_one_operation"
    zh = "每项操作须恰好包含 create、update、upsert、delete、restore、purge 中的一个"
    en = "An operation has exactly one of create, update, upsert, delete, restore, purge"


class BatchBody(Body):
    """Operations in order. `mode`: all of them or none, or each by itself with a report."""

    mode: Literal["all", "each"]
    operations: Annotated[list[OperationBody], Field(min_length=1, max_length=MAX_OPERATIONS)]


class RevertBody(Body):
    """The version of a record whose values are to hold again."""

    version: Version
