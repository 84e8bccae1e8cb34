"""Single characters and their code points."""

from __future__ import annotations

from decimal import Decimal

from engine.formula.functions.registry import Help, register
from engine.formula.values import NUMBER, TEXT, ErrorValue, Fault, FormulaValue

_LAST = 0x10FFFF
_LAST_CHAR = 255
_SURROGATES = range(0xD800, 0xE000)
_FIRST_PRINTED = " "


@register(
    "CHAR",
    shape="编码/code: number",
    returns=TEXT,
    help=Help("字符编码对应的字符", "The character of a code", "CHAR(65)", "A"),
)
def char(code: Decimal) -> FormulaValue:
    """The character of a code point from 1 to 255."""
    if not 1 <= code < _LAST_CHAR + 1:
        raise Fault(ErrorValue.VALUE)
    return chr(int(code))


@register(
    "UNICHAR",
    shape="编码/code point: number",
    returns=TEXT,
    help=Help("Unicode 编码对应的字符", "The character of a Unicode code point", "UNICHAR(39033)", "项"),
)
def unichar(code: Decimal) -> FormulaValue:
    """The character of any code point but half of a pair."""
    if not 1 <= code < _LAST + 1 or int(code) in _SURROGATES:
        raise Fault(ErrorValue.VALUE)
    return chr(int(code))


@register(
    "CODE",
    "UNICODE",
    shape="文本/text: text",
    returns=NUMBER,
    help=Help("首个字符的 Unicode 编码", "The code point of the first character", 'CODE("项目")', "39033"),
)
def code(value: str) -> FormulaValue:
    """The code point of the first character; of an empty text #VALUE!."""
    if not value:
        raise Fault(ErrorValue.VALUE)
    return Decimal(ord(value[0]))


@register(
    "CLEAN",
    shape="文本/text: text",
    returns=TEXT,
    help=Help(
        "去掉换行等控制字符", "Without line breaks and other control characters", 'CLEAN("a"&CHAR(10)&"b")', "ab"
    ),
)
def clean(value: str) -> FormulaValue:
    """Without the characters below the space."""
    return "".join(character for character in value if character >= _FIRST_PRINTED)


@register(
    "PROPER",
    shape="文本/text: text",
    returns=TEXT,
    help=Help("首字母大写", "Capitalise words", 'PROPER("hello world")', "Hello World"),
)
def proper(value: str) -> FormulaValue:
    """A letter is a capital unless a letter stands before it; Chinese characters are letters."""
    shown, inside = [], False
    for character in value:
        shown.append(character.lower() if inside else character.upper())
        inside = character.isalpha()
    return "".join(shown)
