import { describe, expect, it } from "vitest";
import { digitsOf, shownNumber, typedNumeral } from "../src/fields/digits";

describe("digits of a number", () => {
  it.each([
    ["123456789012345.678", "123456789012345.678"],
    ["999999999999999999", "999999999999999999"],
    [12.5, "12.5"],
    [1e-8, "0.00000001"],
    [1.25e-7, "0.000000125"],
    [-2.5e-7, "-0.00000025"],
    [1e21, "1000000000000000000000"],
    [0, "0"],
    ["abc", ""],
    ["1e5", ""],
    [null, ""],
    [Number.NaN, ""],
  ])("%s is %s", (value, digits) => {
    expect(digitsOf(value)).toBe(digits);
  });

  it("shows eighteen digits exactly, which a float could not hold", () => {
    expect(shownNumber("123456789012345678", 0, "en")).toBe("123,456,789,012,345,678");
    expect(shownNumber("1234567890123456.78", 2, "zh-CN")).toBe("1,234,567,890,123,456.78");
  });

  it("fills up decimals and never rounds one away", () => {
    expect(shownNumber(5, 2, "en")).toBe("5.00");
    expect(shownNumber("0.12345", 2, "en")).toBe("0.12345");
    expect(shownNumber(null, 2, "en")).toBe("");
  });
});

describe("what a Chinese keyboard types", () => {
  it.each([
    ["２", "2"],
    ["－１２．５", "-12.5"],
    ["12。5", "12.5"],
    ["1，234，567", "1234567"],
    ["1,234 567.8", "1234567.8"],
    [undefined, ""],
  ])("%s is %s", (typed, numeral) => {
    expect(typedNumeral(typed)).toBe(numeral);
  });
});
