"""Distances on the earth."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from engine.formula.functions.maths import PI, round_to
from engine.formula.functions.registry import Help, register
from engine.formula.values import NUMBER, ErrorValue, Fault, FormulaValue

RADIUS = Decimal("6371008.8")  # metres: the mean radius of the earth
_WORKING = Context(prec=50, rounding=ROUND_HALF_UP)
_SMALL = Decimal("1e-45")
_MAX_LATITUDE, _MAX_LONGITUDE = 90, 180
_CENTIMETRES = Decimal(2)
ONE, TWO = Decimal(1), Decimal(2)


def _sine(angle: Decimal) -> Decimal:
    """By its series, for angles of at most a turn."""
    square = _WORKING.minus(_WORKING.multiply(angle, angle))
    term, found, place = angle, angle, 1
    while _WORKING.abs(term) > _SMALL:
        place += 2
        term = _WORKING.divide(_WORKING.multiply(term, square), Decimal(place * (place - 1)))
        found = _WORKING.add(found, term)
    return found


def _arc_tangent(value: Decimal) -> Decimal:
    """By its series, after the angle has been halved twice; for values from 0 to 1."""
    for _ in range(2):
        root = _WORKING.sqrt(_WORKING.add(ONE, _WORKING.multiply(value, value)))
        value = _WORKING.divide(value, _WORKING.add(ONE, root))
    square = _WORKING.minus(_WORKING.multiply(value, value))
    power, found, place = value, value, 1
    while _WORKING.abs(power) > _SMALL:
        place += 2
        power = _WORKING.multiply(power, square)
        found = _WORKING.add(found, _WORKING.divide(power, Decimal(place)))
    return _WORKING.multiply(found, Decimal(4))


def _radians(degrees: Decimal) -> Decimal:
    return _WORKING.divide(_WORKING.multiply(degrees, PI), Decimal(180))


def _squared_half_sine(degrees: Decimal) -> Decimal:
    sine = _sine(_WORKING.divide(_radians(degrees), TWO))
    return _WORKING.multiply(sine, sine)


@register(
    "DISTANCE",
    shape=("纬度1/latitude 1: number, 经度1/longitude 1: number, 纬度2/latitude 2: number, 经度2/longitude 2: number"),
    returns=NUMBER,
    help=Help(
        "两点间的距离 (米)",
        "Metres between two points",
        "ROUND(DISTANCE(31.23,121.47,39.9,116.4)/1000,0)",
        "1067",
    ),
)
def distance(from_latitude: Decimal, from_longitude: Decimal, latitude: Decimal, longitude: Decimal) -> FormulaValue:
    """Along a great circle of a sphere of the earth's mean radius, to centimetres; degrees out of range: #NUM!."""
    if max(abs(from_latitude), abs(latitude)) > _MAX_LATITUDE:
        raise Fault(ErrorValue.NUM)
    if max(abs(from_longitude), abs(longitude)) > _MAX_LONGITUDE:
        raise Fault(ErrorValue.NUM)
    cosines = [_sine(_radians(Decimal(90) - place)) for place in (from_latitude, latitude)]
    across = _WORKING.multiply(
        _WORKING.multiply(*cosines), _squared_half_sine(_WORKING.subtract(longitude, from_longitude))
    )
    square = min(ONE, _WORKING.add(_squared_half_sine(_WORKING.subtract(latitude, from_latitude)), across))
    # half the angle between the points: tan(a/2) = sin a / (1 + cos a)
    cosine = _WORKING.sqrt(_WORKING.subtract(ONE, square))
    half = _arc_tangent(_WORKING.divide(_WORKING.sqrt(square), _WORKING.add(ONE, cosine)))
    return round_to(_WORKING.multiply(half, RADIUS * 4), _CENTIMETRES, ROUND_HALF_UP)
