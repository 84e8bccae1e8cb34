"""Pictures."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Translated
from engine.model.field_types.attachment import FilesBase

# what every browser shows; a vector drawing may hold a program
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp")


class ImageField(FilesBase):
    """Uploaded files that are pictures by their first bytes, whatever they are called."""

    type_title: ClassVar[Translated] = Translated(zh_cn="图片", en="Image")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="上传的图片, 以图片形式显示", en="Uploaded pictures, shown as such"
    )

    type: Literal["image"] = "image"
    max_files: int = Field(default=20, ge=1, le=100)
    max_size_mb: int = Field(default=20, ge=1, le=1000)

    @property
    def most_files(self) -> int:
        return self.max_files

    @property
    def largest_mb(self) -> int:
        return self.max_size_mb

    @property
    def accepted(self) -> tuple[str, ...]:
        return PICTURES
