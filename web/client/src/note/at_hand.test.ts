import { expect, it } from "vitest";
import type { EntryView } from "../wire";
import { filesOf, measuredOf } from "./at_hand";

const entry = (no: number, body: object) => ({ no, at: `at ${no}`, body }) as unknown as EntryView;

it("finds the numbers among the answers, the newest first", () => {
  const answers = [true, 38.5, "ja", 120].map((value, at) => entry(at + 1, { kind: "answered", wording: "?", value }));
  expect(measuredOf(answers).map(({ no, value }) => [no, value])).toEqual([
    [4, 120],
    [2, 38.5],
  ]);
});

it("shows a file once it was checked, and no longer when it was taken back", () => {
  const file = entry(1, { kind: "attached", attachment: "a", name: "a.jpg", caption: "" });
  const told = (no: number, state: string) => entry(no, { kind: "attachment_told", attachment: "a", state });
  expect(filesOf([file, told(2, "waiting")])).toEqual([]);
  expect(filesOf([file, told(2, "clean")])).toMatchObject([{ no: 1, attachment: "a" }]);
  expect(filesOf([file, told(2, "clean"), told(3, "withdrawn")])).toEqual([]);
});
