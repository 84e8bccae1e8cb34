"""Uploaded files, and what all types that hold files share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from engine.model.bad_values import BadFile, FileTooLarge, FileTypeRefused, NotAList, NotInCells, TooManyFiles
from engine.model.base import Translated
from engine.model.cells import CellNames, written_list
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.member import parse_id
from engine.model.values import ColumnKind, FileRef, Json, RawJson, Value

Accepted = Annotated[str, StringConstraints(pattern=r"^(\.[a-z0-9]{1,10}|[a-z]+/(\*|[a-z0-9.+-]{1,80}))$")]
_MEGABYTE = 1024 * 1024


def _parse_file(raw: RawJson) -> FileRef:
    if isinstance(raw, str):
        return FileRef(id=parse_id(raw), name="", size=0, media_type="")
    if not isinstance(raw, Mapping):
        raise BadFile
    name, size, media_type = raw.get("name", ""), raw.get("size", 0), raw.get("media_type", "")
    if not (isinstance(name, str) and isinstance(size, int) and size >= 0 and isinstance(media_type, str)):
        raise BadFile
    return FileRef(id=parse_id(raw.get("id")), name=name, size=size, media_type=media_type)


class FilesBase(FieldBase):
    """What fields that hold files share; a type says how many, how large, and which."""

    type_column_kind: ClassVar[ColumnKind] = "json"
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed", "default"})

    def write_cell(self, value: Value, names: CellNames) -> str:  # noqa: ARG002 - files have names of their own
        files = value if isinstance(value, tuple) else ()
        return written_list(file.name for file in files if isinstance(file, FileRef))

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - a name is no file
        raise NotInCells

    @property
    def most_files(self) -> int:
        """How many files it holds."""
        raise NotImplementedError

    @property
    def largest_mb(self) -> int:
        """How large each may be."""
        raise NotImplementedError

    @property
    def accepted(self) -> tuple[str, ...]:
        """Suffixes (`.pdf`), media types and their families (`image/*`); none: all."""
        raise NotImplementedError

    def parse_filled(self, raw: RawJson) -> Value:
        """The files named by the input. Name, size and type are what the client says: the caller replaces them by
        those of the stored file and then calls `check_files`.
        """
        if not isinstance(raw, list | tuple):
            raise NotAList
        files = tuple({file.id: file for file in map(_parse_file, raw)}.values())
        self.check_files(files)
        return files

    def check_files(self, files: tuple[FileRef, ...]) -> None:
        """Raises the first of `TooManyFiles`, `FileTooLarge`, `FileTypeRefused` that applies."""
        if len(files) > self.most_files:
            raise TooManyFiles(max=self.most_files, count=len(files))
        for file in files:
            if file.size > self.largest_mb * _MEGABYTE:
                raise FileTooLarge(name=file.name, max=self.largest_mb)
            if not self._accepts(file):
                raise FileTypeRefused(name=file.name, accept=" ".join(self.accepted))

    def dump(self, value: Value) -> Json:
        if not isinstance(value, tuple):
            return None
        return [
            {"id": file.id, "name": file.name, "size": file.size, "media_type": file.media_type}
            for file in value
            if isinstance(file, FileRef)
        ]

    def _accepts(self, file: FileRef) -> bool:
        if not self.accepted or not file.name:
            return True
        suffix = PurePosixPath(file.name.lower()).suffix
        family = file.media_type.partition("/")[0] + "/*"
        return bool({suffix, file.media_type, family} & set(self.accepted))


class AttachmentField(FilesBase):
    """Uploaded files: how many, how large, and which (`.pdf`, `image/*`)."""

    type_title: ClassVar[Translated] = Translated(zh_cn="附件", en="Attachment")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="上传的文件, 可限制个数、大小和类型", en="Uploaded files; number, size and kind can be limited"
    )

    type: Literal["attachment"] = "attachment"
    max_files: int = Field(default=20, ge=1, le=100)
    max_size_mb: int = Field(default=20, ge=1, le=1000)
    accept: tuple[Accepted, ...] = Field(default=(), max_length=50)

    @property
    def most_files(self) -> int:
        return self.max_files

    @property
    def largest_mb(self) -> int:
        return self.max_size_mb

    @property
    def accepted(self) -> tuple[str, ...]:
        return self.accept
