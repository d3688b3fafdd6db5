import { expect, test } from "vitest";
import { byDay, dayOf, midnight, nextMidnight } from "./when";

const ZONE = "Europe/Stockholm";

test("a day begins on the unit's wall, also when clocks change", () => {
  const begins = (day: string) => new Date(midnight(day, ZONE)).toISOString();
  expect(begins("2026-11-30")).toBe("2026-11-29T23:00:00.000Z");
  expect(begins("2027-03-28")).toBe("2027-03-27T23:00:00.000Z");
  expect(begins("2027-03-29")).toBe("2027-03-28T22:00:00.000Z");
  expect(nextMidnight("2027-03-28", ZONE) - midnight("2027-03-28", ZONE)).toBe(23 * 3_600_000);
  expect(nextMidnight("2026-10-25", ZONE) - midnight("2026-10-25", ZONE)).toBe(25 * 3_600_000);
  expect(midnight("", ZONE)).toBeNaN();
});

test("times are grouped by the unit's day, not the device's or the world's", () => {
  const times = [{ starts_at: "2026-11-30T22:30:00Z" }, { starts_at: "2026-11-30T23:30:00Z" }];
  expect(byDay(times, ZONE).map(([day, found]) => [day, found.length])).toEqual([
    ["2026-11-30", 1],
    ["2026-12-01", 1],
  ]);
  expect(dayOf("2026-11-30T23:30:00Z", "UTC")).toBe("2026-11-30");
});
