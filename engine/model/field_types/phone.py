"""A telephone number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import phonenumbers
from pydantic import Field, StringConstraints

from engine.model.bad_values import BadPhone, NotAMobile
from engine.model.base import Fault, Translated
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

MAX_PHONE_LENGTH = 60
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_MOBILE = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})


class UnknownRegion(Fault):
    code = "unknown_region"
    zh = "没有国家或地区代码 “{region}”"
    en = "There is no country or region of the code “{region}”"


class PhoneField(TextBase):
    """A telephone number, kept in the international form of E.164; `region` is where one without `+` is dialled."""

    type_title: ClassVar[Translated] = Translated(zh_cn="电话", en="Telephone")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="电话或手机号码, 按国际格式保存", en="A telephone number, kept in international form"
    )

    type: Literal["phone"] = "phone"
    region: Region = "CN"
    mobile: bool = Field(default=False)

    @property
    def longest(self) -> int:
        return MAX_PHONE_LENGTH

    def parse_filled(self, raw: RawJson) -> Value:
        text = check_text(raw, max_length=MAX_PHONE_LENGTH).strip()
        number = self._number(text)
        if number is None:
            raise BadPhone
        if self.mobile and phonenumbers.number_type(number) not in _MOBILE:
            raise NotAMobile
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{plain};ext={number.extension}" if number.extension else plain

    def comparable(self, text: str) -> str:
        """Somebody who asks for a number writes it as he would dial it."""
        number = self._number(text)
        if number is None:
            return text
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.region not in phonenumbers.SUPPORTED_REGIONS:
            yield UnknownRegion(path="/region", region=self.region)

    def _number(self, text: str) -> phonenumbers.PhoneNumber | None:
        """A number that is in use somewhere."""
        try:
            number = phonenumbers.parse(text.replace("转", " ext. "), self.region)
        except phonenumbers.NumberParseException:
            return None
        return number if phonenumbers.is_valid_number(number) else None
