"""From formula text to tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Literal

from engine.errors import Word
from engine.formula.values import CONTEXT, FormulaSyntaxError, FormulaTooLarge

MAX_CHARACTERS = 8000
MAX_SHOWN = 40
TokenKind = Literal["number", "text", "reference", "name", "operator", "open", "close", "comma", "end"]

# what a Chinese keyboard types in place of the ASCII sign; never applied inside text literals
FULL_WIDTH = str.maketrans("（），；＋－＊／＾＆％＝＜＞｛｝", "(),;+-*/^&%=<>{}")
_PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<text>\"(?:[^\"]|\"\")*\"|“[^”]*”)"
    r"|(?P<reference>[{｛][^{}｛｝]*[}｝])"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.]*)"
    r"|(?P<operator><=|>=|<>|!=|==|≤|≥|≠|[-+*/^&%=<>＋－＊／＾＆％＝＜＞])"
    r"|(?P<open>[(（])|(?P<close>[)）])|(?P<comma>[,，;；])"
)
_SAME = {"==": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">="}


@dataclass(frozen=True)
class Token:
    """A piece of the text: `value` is its meaning (the key of a reference, the content of a text literal)."""

    kind: TokenKind
    value: str
    offset: int
    end: int
    number: Decimal = Decimal(0)


def tokenize(source: str) -> list[Token]:
    """All tokens, the last of kind `end`. Raises `FormulaSyntaxError`, `FormulaTooLarge`."""
    if len(source) > MAX_CHARACTERS:
        raise FormulaTooLarge(limit=MAX_CHARACTERS)
    tokens, offset = [], 0
    while offset < len(source):
        match = _PATTERN.match(source, offset)
        if match is None:
            found = source[offset]
            raise FormulaSyntaxError(offset=offset, position=offset + 1, expected=_wanted(found), found=found)
        if match.lastgroup != "space":
            tokens.append(_token(match))
        offset = match.end()
    tokens.append(Token("end", "", offset, offset))
    return tokens


def _wanted(found: str) -> Word:
    """What would have been right where a character begins nothing that is known."""
    if found in '"“':
        return Word('a closing "', '结束引号 "')
    if found in "{｛":
        return Word("a closing } after the field", "字段后的 }")
    if found.isalpha():
        return Word(
            "a value, an operator, or a field in braces such as {qty}", "值、运算符, 或写在花括号中的字段, 如 {qty}"
        )
    return Word("a value, a field or an operator", "值、字段或运算符")


def token_end(source: str, offset: int) -> int:
    """Where the piece that begins at `offset` ends, also where none can be read; of the end of the text, the end."""
    match = _PATTERN.match(source, offset)
    if match is not None:
        return match.end()
    is_open_quote = source[offset : offset + 1] in {'"', "“"}
    return len(source) if is_open_quote else min(offset + 1, len(source))


def _token(match: re.Match[str]) -> Token:
    raw, start, end = match.group(), match.start(), match.end()
    match match.lastgroup:
        case "number":
            return Token("number", raw, start, end, _number(raw, start))
        case "text":
            inner = raw[1:-1].replace('""', '"') if raw[0] == '"' else raw[1:-1]
            return Token("text", inner, start, end)
        case "reference":
            return Token("reference", raw[1:-1].strip(), start, end)
        case "name":
            return Token("name", raw.upper(), start, end)
        case "operator":
            plain = raw.translate(FULL_WIDTH)
            return Token("operator", _SAME.get(plain, plain), start, end)
        case "open":
            return Token("open", "(", start, end)
        case "close":
            return Token("close", ")", start, end)
        case _:
            return Token("comma", ",", start, end)


def _number(raw: str, start: int) -> Decimal:
    try:
        return CONTEXT.create_decimal(raw)
    except DecimalException:
        expected = Word("a number below 10^308", "小于 10^308 的数字")
        raise FormulaSyntaxError(offset=start, position=start + 1, expected=expected, found=raw[:MAX_SHOWN]) from None
