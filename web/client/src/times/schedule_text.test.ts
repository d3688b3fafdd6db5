import { expect, test } from "vitest";
import { readAway, readExtras, readWeek, typedAway, typedExtras, typedWeek, UnreadableError } from "./schedule_text";

test("what is typed is read back as it was", () => {
  const windows = readWeek({ 1: "08:00-12:00, 13.00–16:30", 5: "9:00-24:00" });
  expect(windows).toEqual([
    { weekday: 1, from_min: 480, until_min: 720 },
    { weekday: 1, from_min: 780, until_min: 990 },
    { weekday: 5, from_min: 540, until_min: 1440 },
  ]);
  expect(typedWeek(windows, 1)).toBe("08:00-12:00, 13:00-16:30");
  const away = readAway("2027-07-01/2027-07-31\n2027-12-24");
  expect(away[1]).toEqual({ from_day: "2027-12-24", until_day: "2027-12-24" });
  expect(readAway(typedAway(away))).toEqual(away);
  const extras = readExtras("2027-01-04 13:00 - 15:00");
  expect(typedExtras(extras)).toBe("2027-01-04 13:00-15:00");
});

test("what cannot be read is named and never left out", () => {
  for (const typed of ["8-12", "08:00-25:00", "08:75-09:00", "morning"])
    expect(() => readWeek({ 2: typed })).toThrow(UnreadableError);
  expect(() => readAway("July")).toThrow(UnreadableError);
  expect(() => readExtras("2027-01-04")).toThrow(UnreadableError);
});
