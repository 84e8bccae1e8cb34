"""A signature."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.base import Translated
from engine.model.field_types.attachment import FilesBase


class SignatureField(FilesBase):
    """A name written by hand, kept as a picture."""

    type_title: ClassVar[Translated] = Translated(zh_cn="手写签名", en="Signature")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="手写的签名, 保存为 PNG 图片", en="A name written by hand, kept as a PNG picture"
    )

    type: Literal["signature"] = "signature"

    @property
    def most_files(self) -> int:
        return 1

    @property
    def largest_mb(self) -> int:
        return 1

    @property
    def accepted(self) -> tuple[str, ...]:
        return ("image/png",)
