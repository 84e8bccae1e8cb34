// Distances on the earth.
import { type Decimal, decimal, HALF_UP, ONE, TWO, withDigits } from "../decimal";
import { Fault } from "../values";
import { PI, roundTo } from "./maths";
import { type FunctionTable, plain } from "./registry";

const RADIUS = decimal("6371008.8"); // metres: the mean radius of the earth
const WORKING_DIGITS = 50;
const MAX_LATITUDE = 90;
const MAX_LONGITUDE = 180;

function radians(degrees: Decimal): Decimal {
  return withDigits(degrees, WORKING_DIGITS).times(PI).div(180);
}

function squaredHalfSine(degrees: Decimal): Decimal {
  const sine = radians(degrees).div(2).sin();
  return sine.times(sine);
}

function cosine(degrees: Decimal): Decimal {
  return radians(decimal(90).minus(degrees)).sin();
}

function largest(first: Decimal, second: Decimal): Decimal {
  return first.abs().greaterThan(second.abs()) ? first.abs() : second.abs();
}

/** Along a great circle of a sphere of the earth's mean radius, to centimetres; degrees out of range: #NUM!. */
function distance(fromLatitude: Decimal, fromLongitude: Decimal, latitude: Decimal, longitude: Decimal): Decimal {
  if (largest(fromLatitude, latitude).greaterThan(MAX_LATITUDE)) throw Fault.NUM;
  if (largest(fromLongitude, longitude).greaterThan(MAX_LONGITUDE)) throw Fault.NUM;
  const across = cosine(fromLatitude)
    .times(cosine(latitude))
    .times(squaredHalfSine(longitude.minus(fromLongitude)));
  const square = squaredHalfSine(latitude.minus(fromLatitude)).plus(across);
  const rest = square.greaterThan(1) ? square.minus(square) : withDigits(ONE, WORKING_DIGITS).minus(square);
  // half the angle between the points: tan(a/2) = sin a / (1 + cos a)
  const half = square.sqrt().div(rest.sqrt().plus(1)).atan();
  return roundTo(decimal(half.times(RADIUS.times(4))), TWO, HALF_UP);
}

export const GEOMETRY: FunctionTable = {
  DISTANCE: plain(distance),
};
