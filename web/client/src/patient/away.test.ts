import { expect, test } from "vitest";
import type { EntryView } from "../wire";
import { sinceLast } from "./away";

const NOON = new Date("2026-11-24T12:00:00Z").getTime();
const entry = (no: number, kind: string, mine = false) =>
  ({ no, at: "2026-11-24T11:00:00Z", mine, author: { kind: "staff" }, body: { kind } }) as unknown as EntryView;

test("what came after one's own last entry is told", () => {
  const since = sinceLast([entry(1, "message", true), entry(2, "message"), entry(3, "call_tried")], NOON);
  expect(since?.messages).toBe(1);
  expect(since?.events.map((one) => one.no)).toEqual([3]);
});

test("nothing is told to one who was here just now, or to whom nothing has happened", () => {
  const own = [entry(1, "message", true)];
  expect(sinceLast(own, NOON)).toBeNull();
  expect(sinceLast([...own, entry(2, "message")], new Date("2026-11-24T11:01:00Z").getTime())).toBeNull();
  expect(sinceLast([entry(2, "message")], NOON)).toBeNull();
});
