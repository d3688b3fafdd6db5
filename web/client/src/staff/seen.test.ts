import { expect, it } from "vitest";
import type { EntryView } from "../wire";
import { newerThan } from "./seen";

function entry(no: number, body: EntryView["body"], mine = false): EntryView {
  const author = { kind: "patient", name: "", role: "" } as const;
  return { no, at: "2026-01-01T10:00:00.000Z", author, mine, client_id: "", body };
}

const said = (no: number, mine = false) => entry(no, { kind: "message", text: "x", lang: null, asked: null }, mine);

it("counts what others have said since, and nothing else", () => {
  const read = entry(5, { kind: "read", up_to_no: 4, up_to_patient_no: 4 });
  const entries = [said(1), said(2), said(3, true), entry(4, { kind: "noted", sentences: [], text: "x" }), read];
  expect(newerThan(entries, 1).map(({ no }) => no)).toEqual([2, 4]);
  expect(newerThan(entries, 5)).toEqual([]);
});
