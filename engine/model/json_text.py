"""A strict reader of JSON text that names the place of every fault, for files that people write.

Beyond the grammar it refuses what readers disagree about: repeated members, numbers that lose digits in binary
floating point, lone surrogates, member names with a meaning in JavaScript, and texts that are too large or too deep.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn, TypeAlias

from engine.errors import Problem, Rejection, Word
from engine.model.field_types.number import JSON_NUMBER_DIGITS

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 32
# Nobody mends more than this before reading again, and finding the line of each takes time.
MAX_FAULTS = 100
RESERVED_MEMBERS = frozenset({"__proto__", "constructor", "prototype"})

JsonTree: TypeAlias = bool | int | Decimal | str | list["JsonTree"] | dict[str, "JsonTree"] | None

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_WORD = re.compile(r"-?[A-Za-z]+")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_NOT_FINITE = frozenset({"NaN", "Infinity", "-Infinity", "-NaN"})
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_EXPONENT = 40


class JsonFault(Rejection):
    code = "json_syntax"
    status = 422
    zh = "第 {line} 行第 {column} 列: JSON 语法错误, 此处应为 {expected}"
    en = "Line {line}, column {column}: not valid JSON, {expected} expected here"


class JsonTooLarge(JsonFault):
    code = "json_too_large"
    zh = "文件过大, 最多 {max} 字节"
    en = "The file is too large; at most {max} bytes"


class JsonNotUtf8(JsonFault):
    code = "json_not_utf8"
    zh = "第 {position} 个字节不是 UTF-8 文本"
    en = "Byte {position} is not UTF-8 text"


class JsonTooDeep(JsonFault):
    code = "json_too_deep"
    zh = "第 {line} 行第 {column} 列: 嵌套超过 {max} 层"
    en = "Line {line}, column {column}: nested deeper than {max} levels"


class JsonDuplicateMember(JsonFault):
    code = "json_duplicate_member"
    zh = "第 {line} 行第 {column} 列: 成员 “{member}” 重复"
    en = "Line {line}, column {column}: the member “{member}” is there twice"


class JsonReservedMember(JsonFault):
    code = "json_reserved_member"
    zh = "第 {line} 行第 {column} 列: 不允许使用成员名 “{member}”"
    en = "Line {line}, column {column}: the member name “{member}” is not allowed"


class JsonNotFinite(JsonFault):
    code = "json_not_finite"
    zh = "第 {line} 行第 {column} 列: “{word}” 不是数值"
    en = "Line {line}, column {column}: “{word}” is not a number"


class JsonNumberTooLong(JsonFault):
    code = "json_number_too_long"
    zh = "第 {line} 行第 {column} 列: 超过 {max} 位有效数字的数值须写成文本"
    en = "Line {line}, column {column}: a number of more than {max} significant digits must be written as text"


class JsonBadCharacter(JsonFault):
    code = "json_bad_character"
    zh = "第 {line} 行第 {column} 列: 文本中有不能保存的字符"
    en = "Line {line}, column {column}: the text has a character that cannot be stored"


class _Stop(Exception):
    """Reading cannot go on after this fault; it is already in the list."""


@dataclass
class _Reader:
    text: str
    digits: int = JSON_NUMBER_DIGITS
    at: int = 0
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> JsonTree:
        tree = self._value("", depth=1)
        self._skip()
        if self.at != len(self.text):
            self._expected("", Word("end of file", "文件结尾"))
        return tree

    def note(self, kind: type[JsonFault], pointer: str, *, at: int | None = None, **params: str) -> None:
        position = self.at if at is None else at
        line = self.text.count("\n", 0, position) + 1
        column = position - (self.text.rfind("\n", 0, position) + 1) + 1
        self.problems.append(Problem.of(kind(line=line, column=column, **params), path=pointer))
        if len(self.problems) >= MAX_FAULTS:
            raise _Stop

    def _expected(self, pointer: str, what: str) -> NoReturn:
        self.note(JsonFault, pointer, expected=what)
        raise _Stop

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _value(self, pointer: str, *, depth: int) -> JsonTree:
        self._skip()
        if depth > MAX_DEPTH:
            self.note(JsonTooDeep, pointer, max=str(MAX_DEPTH))
            raise _Stop
        match self._peek():
            case "{":
                return self._object(pointer, depth=depth)
            case "[":
                return self._array(pointer, depth=depth)
            case '"':
                return self._string(pointer)
            case _:
                return self._bare(pointer)

    def _object(self, pointer: str, *, depth: int) -> JsonTree:
        members: dict[str, JsonTree] = {}
        self.at += 1
        self._skip()
        if self._peek() == "}":
            self.at += 1
            return members
        while True:
            self._skip()
            self._member(members, pointer, depth=depth)
            if self._ends("}", pointer):
                return members

    def _member(self, members: dict[str, JsonTree], pointer: str, *, depth: int) -> None:
        if self._peek() != '"':
            self._expected(pointer, Word('a member name in "…"', '用 "…" 括起的成员名'))
        start = self.at
        name = self._string(pointer)
        below = f"{pointer}/{escape_pointer(name)}"
        if name in members:
            self.note(JsonDuplicateMember, below, at=start, member=name)
        if name in RESERVED_MEMBERS:
            self.note(JsonReservedMember, below, at=start, member=name)
        self._skip()
        if self._peek() != ":":
            self._expected(below, "':'")
        self.at += 1
        members[name] = self._value(below, depth=depth + 1)

    def _array(self, pointer: str, *, depth: int) -> JsonTree:
        items: list[JsonTree] = []
        self.at += 1
        self._skip()
        if self._peek() == "]":
            self.at += 1
            return items
        while True:
            items.append(self._value(f"{pointer}/{len(items)}", depth=depth + 1))
            if self._ends("]", pointer):
                return items

    def _ends(self, closing: str, pointer: str) -> bool:
        """Steps over the closing bracket, or over the comma before the next part."""
        self._skip()
        if self._peek() not in {closing, ","} or not self._peek():
            self._expected(pointer, Word(f"',' or '{closing}'", f"',' 或 '{closing}'"))
        self.at += 1
        return self.text[self.at - 1] == closing

    def _string(self, pointer: str) -> str:
        start = self.at
        self.at += 1
        parts: list[str] = []
        while True:
            plain = _PLAIN.match(self.text, self.at)
            parts.append(plain[0] if plain else "")
            self.at += len(parts[-1])
            match self._peek():
                case '"':
                    self.at += 1
                    break
                case "\\":
                    parts.append(self._escape(pointer))
                case _:
                    self._expected(pointer, Word("'\"' at the end of the text", "文本结尾的 '\"'"))
        text = "".join(parts)
        if UNSTORABLE.search(text):
            # Two escaped surrogates are one character.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            if UNSTORABLE.search(text):
                self.note(JsonBadCharacter, pointer, at=start)
                text = UNSTORABLE.sub("\ufffd", text)  # it may become part of a pointer
        return text

    def _escape(self, pointer: str) -> str:
        letter = self.text[self.at + 1 : self.at + 2]
        if letter in _ESCAPES and letter:
            self.at += 2
            return _ESCAPES[letter]
        digits = _HEX.match(self.text, self.at + 2)
        if letter != "u" or digits is None:
            self._expected(pointer, Word("an escape such as \\n or \\u4e2d", "\\n 或 \\u4e2d 这样的转义"))
        self.at += 6
        return chr(int(digits[0], 16))

    def _bare(self, pointer: str) -> JsonTree:
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _CONSTANTS:
            self.at = word.end()
            return _CONSTANTS[word[0]]
        if word and word[0] in _NOT_FINITE:
            self.note(JsonNotFinite, pointer, word=word[0])
            self.at = word.end()
            return None
        number = _NUMBER.match(self.text, self.at)
        if number is None:
            self._expected(pointer, Word("a value", "一个值"))
        start, self.at = self.at, number.end()
        if _significant_digits(number[0]) > self.digits or _exponent(number[2]) > _MAX_EXPONENT:
            self.note(JsonNumberTooLong, pointer, at=start, max=str(self.digits))
            return None
        return Decimal(number[0]) if number[1] or number[2] else int(number[0])


def _significant_digits(numeral: str) -> int:
    mantissa = re.split("[eE]", numeral)[0].lstrip("-")
    digits = mantissa.replace(".", "").lstrip("0")
    return len(digits.rstrip("0") if "." in mantissa else digits)


def _exponent(part: str | None) -> int:
    """The size of an exponent such as `e-12`; one of many digits is not worth reading."""
    digits = (part or "").lstrip("eE+-").lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(_MAX_EXPONENT)) else _MAX_EXPONENT + 1


def escape_pointer(name: str) -> str:
    """A member name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def unescape_pointer(step: str) -> str:
    """The member name that one step of a JSON pointer stands for."""
    return step.replace("~1", "/").replace("~0", "~")


def read_json(content: bytes, *, digits: int = JSON_NUMBER_DIGITS) -> tuple[JsonTree, tuple[Problem, ...]]:
    """The tree of a JSON text and every fault with its JSON pointer; the tree is None when reading had to stop.

    Numbers with a point or an exponent are Decimals, exactly as written; `digits`: how many they may have.
    """
    if len(content) > MAX_BYTES:
        return None, (Problem.of(JsonTooLarge(max=MAX_BYTES), path=""),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (Problem.of(JsonNotUtf8(position=error.start + 1), path=""),)
    reader = _Reader(text, digits)
    try:
        tree = reader.read()
    except _Stop:
        tree = None
    return tree, tuple(reader.problems)


def write_json(tree: JsonTree) -> str:
    """Compact JSON text of a tree; its Decimals have few enough digits to be written as numbers."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), default=float)
