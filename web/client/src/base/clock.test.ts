import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "./clock";
import { lang } from "./words";

const NOW = new Date(2026, 5, 2, 15, 0).getTime();
const at = (day: number, hour: number) => new Date(2026, 5, day, hour, 5).toISOString();

describe("a clock time", () => {
  beforeEach(() => {
    lang.value = "sv";
  });

  it("stands without a date today", () => {
    expect(clock(at(2, 14), NOW)).toBe("14:05");
  });

  it("tells which day when it was not today", () => {
    expect(clock(at(1, 14), NOW)).toContain("1 juni");
  });

  it("is of twenty-four hours in English too", () => {
    lang.value = "en";
    expect(clock(at(2, 14), NOW)).toBe("14:05");
  });
});
