import { expect, it } from "vitest";
import type { EntryView } from "../wire";
import { beginningOf, openQuestions } from "./colleagues";

function entry(no: number, body: EntryView["body"]): EntryView {
  return {
    no,
    at: "2026-01-01T10:00:00.000Z",
    author: { kind: "staff", name: "", role: "" },
    mine: false,
    client_id: "",
    body,
  };
}

const asked = (no: number, text: string) =>
  entry(no, { kind: "colleague_asked", text, to_staff: "jonas", to_name: "Jonas Ek", to_role: "" });

it("a question is open until it is answered, whoever asked the next", () => {
  const entries = [
    asked(1, "Ett?"),
    asked(2, "Två?"),
    entry(3, { kind: "colleague_answered", question_no: 1, text: "Ja" }),
  ];
  expect(openQuestions(entries).map(({ no }) => no)).toEqual([2]);
  expect(openQuestions([])).toEqual([]);
});

it("an entry is named by how it begins, cut between whole signs", () => {
  expect(beginningOf([asked(1, "Kan du titta?")], 1)).toBe("Kan du titta?");
  expect(beginningOf([asked(1, "👋".repeat(70))], 1)).toBe(`${"👋".repeat(60)} …`);
  expect(beginningOf([], 1)).toBe("");
});
