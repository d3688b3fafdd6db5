import { expect, it } from "vitest";
import type { EntryView, Understood } from "../wire";
import { labels, latestUnderstood, openQuestions } from "./entries";

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
  ask: [{ id: "q1", wording: "?", answer: "bool", could_be: null }],
  safety_net: "",
  plain: [],
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
