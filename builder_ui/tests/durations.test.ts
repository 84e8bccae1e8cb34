import { describe, expect, it } from "vitest";
import { durationText, typedDuration } from "../src/fields/durations";
import { phoneText } from "../src/fields/phoneText";

describe("a length of time", () => {
  it.each([
    [5400, "h:mm", "1:30"],
    [5401, "h:mm", "1:30:01"],
    [5400, "h:mm:ss", "1:30:00"],
    [5401, "m:ss", "90:01"],
    [93_600, "d h:mm", "1d 2:00"],
    [3600, "d h:mm", "1:00"],
    [-90, "m:ss", "-1:30"],
    [0, "h:mm", "0:00"],
  ] as const)("is written as its field says: %s as %s", (seconds, display, text) => {
    expect(durationText(seconds, display)).toBe(text);
    expect(typedDuration(text, display)).toBe(seconds);
  });

  it.each([
    ["1小时30分", 5400],
    ["1 h 30 m", 5400],
    ["２：３０", 9000],
    ["2天", 172_800],
    ["1天 2:30", 95_400],
    ["90分钟", 5400],
    ["30秒", 30],
    ["-1:30", -5400],
  ])("is understood as people write it: %s", (text, seconds) => {
    expect(typedDuration(text, "h:mm")).toBe(seconds);
  });

  it.each(["", "x", "1:75", "1:2:3:4", "1,5", "9999999999999999h"])("is nothing else: %s", (text) => {
    expect(typedDuration(text, "h:mm")).toBeNull();
  });
});

describe("a telephone number", () => {
  it.each([
    ["+8613800138000", "138 0013 8000"],
    ["+861062781234;ext=8001", "010-62781234 ext. 8001"],
    ["+8675512345678", "0755-12345678"],
    ["+12024561111", "+12024561111"],
  ])("is written as it is dialled at home: %s", (kept, shown) => {
    expect(phoneText(kept)).toBe(shown);
  });
});
