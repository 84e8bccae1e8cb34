"""Random typed formulas as texts, and records to compute them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from engine.model.entities import Entity
from engine.model.values import Composite, Row, Scalar, Value

Texts = st.SearchStrategy[str]
ENTITY = Entity.model_validate(
    {
        "key": "thing",
        "title": "Thing",
        "fields": [
            {"key": "name", "type": "text", "title": "Name"},
            {"key": "note", "type": "long_text", "title": "Note"},
            {"key": "whole", "type": "number", "title": "Whole"},
            {"key": "price", "type": "number", "title": "Price", "decimals": 2},
            {"key": "fine", "type": "number", "title": "Fine", "decimals": 8, "digits": 18},
            {"key": "huge", "type": "number", "title": "Huge", "digits": 18},
            {"key": "done", "type": "boolean", "title": "Done"},
            {"key": "start", "type": "date", "title": "Start"},
            {"key": "finish", "type": "date", "title": "Finish"},
            {"key": "at", "type": "datetime", "title": "At"},
            {"key": "kind", "type": "select", "title": "Kind", "options": [{"key": k, "title": k} for k in "abc"]},
            {
                "key": "tags",
                "type": "multi_select",
                "title": "Tags",
                "options": [{"key": k, "title": k} for k in "xyz"],
            },
            {"key": "owner", "type": "member", "title": "Owner"},
            {"key": "next", "type": "link", "title": "Next", "entity": "thing"},
            {"key": "period", "type": "date_range", "title": "Period"},
            {"key": "home", "type": "address", "title": "Home"},
            {"key": "place", "type": "location", "title": "Place"},
            {
                "key": "lines",
                "type": "subform",
                "title": "Lines",
                "fields": [
                    {"key": "item", "type": "text", "title": "Item"},
                    {"key": "qty", "type": "number", "title": "Quantity", "decimals": 3},
                    {"key": "due", "type": "date", "title": "Due"},
                    {"key": "ok", "type": "boolean", "title": "Ok"},
                    {"key": "span", "type": "date_range", "title": "Span"},
                    {"key": "spot", "type": "location", "title": "Spot"},
                ],
            },
        ],
    }
)
WORDS = ("a", "b", "ab", "数据", "数", "𠮷", "Z", "a%", "a_", "'", "é", "\uffff")
NUMBERS = ("0", "1", "-1", "0.5", "2.005", "30", "-999999999999999", "999999999999.99", "0.00000001", "1e3", "1e20")
COUNT = 40  # so many records link to each other, and some to none of them
MEMBERS = ("1" * 24, "2" * 24)
DAYS = ("DATE(2024,2,29)", "DATE(1900,1,1)", "DATE(9999,12,31)", "TODAY()", "TODAY()+30", "EDATE(TODAY(),-1)")


@dataclass(frozen=True)
class Leaves:
    """What formulas of each kind may be made of, as texts."""

    number: tuple[str, ...]
    text: tuple[str, ...]
    boolean: tuple[str, ...]
    date: tuple[str, ...]


FIELDS = Leaves(
    number=(
        "{whole}",
        "{price}",
        "{fine}",
        "{huge}",
        "{version}",
        "{next.whole}",
        "{next.next.price}",
        "{place.longitude}",
        "{next.place.latitude}",
    ),
    text=(
        "{name}",
        "{note}",
        "{kind}",
        "{owner}",
        "{flow_status}",
        "{next}",
        "{next.name}",
        "{home.province}",
        "{place.address}",
        "{next.home.city}",
    ),
    boolean=("{done}", "{next.done}"),
    date=("{start}", "{finish}", "{next.start}", "{period.start}", "{next.period.end}"),
)
NUMBER_COLUMNS = ("{lines.qty}", "{next.lines.qty}", "{lines.spot.longitude}")
DAY_COLUMNS = ("{lines.due}", "{next.next.lines.due}", "{lines.span.end}")
OTHER_COLUMNS = ("{lines.item}", "{lines.ok}", "{next.lines.item}", "{lines.spot.address}")
# what can be asked only whether it is empty
WHOLES = (
    "{at}",
    "{tags}",
    "{lines}",
    "{lines.qty}",
    "{next}",
    "{next.tags}",
    "{next.lines}",
    "{period}",
    "{next.home}",
    "{lines.span}",
)
TIMES = ("{at}", "{next.at}")


def subset(kind: str, *, depth: int = 3) -> Texts:
    """Formulas of a kind made of what can be computed by the databases, for the most part."""
    makers = {"number": _number, "text": _text, "boolean": _boolean, "date": _day}
    return makers[kind](depth)


def _number(depth: int) -> Texts:
    leaves = st.one_of(
        st.sampled_from(FIELDS.number),
        st.sampled_from(NUMBERS),
        st.builds("{}({})".format, st.sampled_from(["SUM", "MIN", "MAX"]), st.sampled_from(NUMBER_COLUMNS)),
        st.builds("COUNT({})".format, st.sampled_from([*NUMBER_COLUMNS, *DAY_COLUMNS, *OTHER_COLUMNS, "{lines}"])),
        st.builds("COUNTA({})".format, st.sampled_from([*NUMBER_COLUMNS, *OTHER_COLUMNS, "{lines}"])),
        st.just("DAY(TODAY())"),
    )
    if depth == 0:
        return leaves
    return st.one_of(
        leaves,
        _of("({} + {})", _number(depth - 1), _number(depth - 1)),
        _of("({} - {})", _number(depth - 1), _number(depth - 1)),
        _of("(-{})", _number(depth - 1)),
        _of("({} - {})", _day(depth - 1), _day(depth - 1)),
        _of("SUM({}, {}, {{lines.qty}})", _number(depth - 1), _boolean(depth - 1)),
        _of("({} + {})", _boolean(depth - 1), _number(depth - 1)),
        _of("YEAR({})", _day(depth - 1)),
        _of("MONTH({})", _day(depth - 1)),
        _of("DAY({})", _day(depth - 1)),
        _if(_number(depth - 1), depth),
    )


def _text(depth: int) -> Texts:
    literals = st.sampled_from(['"{}"'.format(word.replace('"', '""')) for word in WORDS])
    leaves = st.one_of(st.sampled_from(FIELDS.text), literals, st.just('""'))
    return leaves if depth == 0 else st.one_of(leaves, _if(_text(depth - 1), depth))


def _day(depth: int) -> Texts:
    leaves = st.one_of(st.sampled_from(FIELDS.date), st.sampled_from(DAYS))
    if depth == 0:
        return leaves
    return st.one_of(
        leaves,
        _of("({} + {})", _day(depth - 1), st.sampled_from(["30", "-1", "{whole}", "COUNT({lines.qty})", "2958465"])),
        _of("({} - {})", _day(depth - 1), st.sampled_from(["1", "{whole}", "800000"])),
        _of("(1 + {})", _day(depth - 1)),
        st.builds("{}({})".format, st.sampled_from(["MIN", "MAX"]), st.sampled_from(DAY_COLUMNS)),
        _if(_day(depth - 1), depth),
    )


def _boolean(depth: int) -> Texts:
    leaves = st.one_of(st.sampled_from(FIELDS.boolean), st.sampled_from(["TRUE", "FALSE", "TODAY()>DATE(2020,1,1)"]))
    if depth == 0:
        return leaves
    inner = [_number(depth - 1), _text(depth - 1), _boolean(depth - 1), _day(depth - 1)]
    same = [_of("({} {} {})", part, SIGNS, part) for part in inner]
    anything = st.one_of(*inner)
    fields = st.sampled_from([*FIELDS.boolean, *FIELDS.date, "{whole}", "{price}"])
    return st.one_of(
        leaves,
        *same,
        _of("({} {} {})", anything, SIGNS, anything),
        _of(
            "({} {} {})",
            st.sampled_from(TIMES),
            SIGNS,
            st.sampled_from([*MOMENTS, *DAYS, '""', "TRUE"]),
        ),
        _of("({} {} {{at}})", st.sampled_from(MOMENTS), SIGNS),
        _of("AND({}, {})", _boolean(depth - 1), _boolean(depth - 1)),
        _of("{}({}, {})", st.sampled_from(["AND", "OR"]), fields, st.one_of(fields, _boolean(depth - 1))),
        _of("OR({}, {}, {})", _boolean(depth - 1), _boolean(depth - 1), st.sampled_from(["{whole}", "{price}", "0"])),
        _of("NOT({})", _boolean(depth - 1)),
        _of(
            "ISEMPTY({})",
            st.one_of(
                anything,
                st.sampled_from(WHOLES),
            ),
        ),
        _of("ISBLANK({})", anything),
        _of("CONTAINS({}, {})", _text(depth - 1), _text(depth - 1)),
        st.sampled_from(['CONTAINS({tags},"x")', "CONTAINS({tags},{name})"]),
        _of("(AVERAGE({}) {} {})", st.sampled_from(NUMBER_COLUMNS), SIGNS, _number(depth - 1)),
        st.just("({owner} = {current.user})"),
        st.just("({created_department} = {current.department})"),
        _if(_boolean(depth - 1), depth),
    )


SIGNS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
MOMENTS = ("NOW()", "NOW()-7", "TODAY()", "(DATE(2025,10,26)+TIME(2,30,0))", "NOW()+0.5")


def _of(form: str, *parts: Texts) -> Texts:
    return st.builds(form.format, *parts)


def _if(branch: Texts, depth: int) -> Texts:
    return st.one_of(
        st.builds("IF({}, {}, {})".format, _boolean(depth - 1), branch, branch),
        st.builds("IF({}, {},)".format, _boolean(depth - 1), branch),
        st.builds("IF({}, , {})".format, _boolean(depth - 1), branch),
    )


def records() -> st.SearchStrategy[Mapping[str, Value]]:
    """Values of a record: empty fields, negative numbers, the largest ones, the ends of the calendar."""
    days = st.sampled_from([date.min, date(1899, 12, 30), date(1900, 3, 1), date(2026, 3, 2), date.max]) | st.dates()
    moments = st.sampled_from(NEAR_CHANGES) | st.datetimes(
        datetime(1970, 1, 1),  # noqa: DTZ001
        datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
    words = st.sampled_from(WORDS)
    cells: dict[str, st.SearchStrategy[Scalar]] = {
        "item": words,
        "qty": _decimals(15, 3),
        "due": days,
        "ok": st.booleans(),
        "span": _ranges(days),
        "spot": _places(words),
    }
    row = st.fixed_dictionaries({}, optional=cells).map(lambda found: Row(None, found))
    return st.fixed_dictionaries(
        {},
        optional={
            "name": words,
            "note": words,
            "whole": _decimals(15, 0),
            "price": _decimals(15, 2),
            "fine": _decimals(18, 8),
            "huge": _decimals(18, 0),
            "done": st.booleans(),
            "start": days,
            "finish": days,
            "at": moments,
            "kind": st.sampled_from(["a", "b", "c"]),
            "tags": st.lists(st.sampled_from(["x", "y", "z"]), unique=True, min_size=1).map(tuple),
            "owner": st.sampled_from(MEMBERS),
            "next": st.sampled_from([f"{number:024x}" for number in range(COUNT + 5)]),
            "period": _ranges(days),
            "home": st.fixed_dictionaries(
                {"province": words},
                optional={"city": words, "detail": words},
            ).map(lambda found: Composite({key: found.get(key) for key in ("province", "city", "district", "detail")})),
            "place": _places(words),
            "lines": st.lists(row, max_size=3).map(lambda rows: tuple(rows) or None),
        },
    )


def _ranges(days: st.SearchStrategy[date]) -> st.SearchStrategy[Scalar]:
    pairs = st.tuples(days, days).map(sorted)
    return pairs.map(lambda pair: Composite({"start": pair[0], "end": pair[1]}))


def _places(words: Texts) -> st.SearchStrategy[Scalar]:
    degrees = st.integers(-90_000_000, 90_000_000).map(lambda step: Decimal(step).scaleb(-6))
    return st.builds(
        lambda east, north, address: Composite({"longitude": east, "latitude": north, "address": address}),
        degrees,
        degrees,
        words | st.none(),
    )


# around the end of summer time in Berlin, when 02:30 comes twice
NEAR_CHANGES = tuple(
    datetime(2025, 10, 26, hour, minute, tzinfo=UTC) for hour in (0, 1, 2) for minute in (0, 29, 30, 31)
)


def _decimals(digits: int, decimals: int) -> st.SearchStrategy[Scalar]:
    largest = 10**digits - 1
    steps = st.sampled_from([0, 1, -1, largest, -largest]) | st.integers(-largest, largest) | st.integers(-999, 999)
    return steps.map(lambda step: Decimal(step).scaleb(-decimals))
