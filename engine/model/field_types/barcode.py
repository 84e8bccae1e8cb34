"""The content of a bar code or QR code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from engine.model.bad_values import BadBarcode
from engine.model.base import Translated
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

Symbology: TypeAlias = Literal[
    "qr", "datamatrix", "pdf417", "code128", "code39", "ean13", "ean8", "upca", "itf14"
]  # fmt: skip
MAX_BARCODE_LENGTH = 1000
# how many bytes of UTF-8 the symbol has room for
_BYTES: Mapping[str, int] = {"qr": 2000, "datamatrix": 1500, "pdf417": 1000}
_SIGNS: Mapping[str, re.Pattern[str]] = {
    "code128": re.compile(r"[ -~]{1,80}"),
    "code39": re.compile(r"[0-9A-Z\-. $/+%]{1,43}"),
}
# digits with the check digit, which is made where it is left out
_DIGITS: Mapping[str, int] = {"ean13": 13, "ean8": 8, "upca": 12, "itf14": 14}
_EXPECTED: Mapping[str, str] = {
    "code128": "1-80 × ASCII",
    "code39": "1-43 × 0-9 A-Z - . $ / + %",
    **{name: f"{count - 1}-{count} × 0-9" for name, count in _DIGITS.items()},
    **{name: f"≤ {count} bytes" for name, count in _BYTES.items()},
}


def check_digit(digits: str) -> str:
    """The last digit of an EAN, UPC or ITF-14 code whose others are `digits`: weights 3 and 1 from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


class BarcodeField(TextBase):
    """What a bar code or QR code says; records show it as the code."""

    type_title: ClassVar[Translated] = Translated(zh_cn="条码/二维码", en="Bar code or QR code")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="条码或二维码的内容, 查看数据时显示为图形", en="The content of a code, which records show as a picture"
    )

    type: Literal["barcode"] = "barcode"
    symbology: Symbology = "qr"

    @property
    def longest(self) -> int:
        return MAX_BARCODE_LENGTH

    def parse_filled(self, raw: RawJson) -> Value:
        text = check_text(raw, max_length=MAX_BARCODE_LENGTH)
        if self.symbology in _DIGITS:
            return self._with_check_digit(text.strip())
        signs = _SIGNS.get(self.symbology)
        fits = len(text.encode()) <= _BYTES[self.symbology] if signs is None else signs.fullmatch(text) is not None
        if not fits:
            raise BadBarcode(symbology=self.symbology, expected=_EXPECTED[self.symbology])
        return text

    def _with_check_digit(self, text: str) -> str:
        count = _DIGITS[self.symbology]
        is_digits = re.fullmatch(rf"[0-9]{{{count - 1},{count}}}", text) is not None
        whole = text[: count - 1] + check_digit(text[: count - 1]) if is_digits else ""
        if not is_digits or not whole.startswith(text):
            raise BadBarcode(symbology=self.symbology, expected=_EXPECTED[self.symbology])
        return whole
