import { describe, expect, it } from "vitest";
import type { EntryView, Understood } from "../wire";
import { labels, latestUnderstood, merged, openQuestions } from "./entries";

const entry = (no: number, body: EntryView["body"] = { kind: "visit_started", visit_id: "v" }): EntryView => ({
  no,
  at: "2026-11-23T22:00:00Z",
  author: { kind: "system", name: "", role: "" },
  mine: false,
  client_id: "",
  body,
});

const understood = (label: string): Understood & { kind: "understood" } => ({
  kind: "understood",
  urgency: "urgent",
  assessed: true,
  chips: [{ concept: "fever", label, state: "has" }],
  ask: [{ id: "q1", wording: "?", answer: "bool" }],
  safety_net: "",
});

describe("merged", () => {
  it("appends what follows and drops what is known", () => {
    expect(merged([entry(1), entry(2)], [entry(2), entry(3)]).entries.map(({ no }) => no)).toEqual([1, 2, 3]);
  });

  it("says that something is missing, and takes nothing after the gap", () => {
    const { entries, gap } = merged([entry(1)], [entry(3), entry(4)]);
    expect([entries.length, gap]).toEqual([1, true]);
  });
});

it("takes the latest reading and its words", () => {
  const entries = [entry(1, understood("feber")), entry(2, understood("hög feber"))];
  expect(latestUnderstood(entries)?.chips[0]?.label).toBe("hög feber");
  expect(labels(entries, ["fever", "unknown"])).toEqual(["hög feber"]);
});

it("asks neither twice nor what was passed over", () => {
  expect(openQuestions(understood("feber"), new Set())).toHaveLength(1);
  expect(openQuestions(understood("feber"), new Set(["q1"]))).toHaveLength(0);
  expect(openQuestions(null, new Set())).toHaveLength(0);
});
