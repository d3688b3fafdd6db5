import { expect, it } from "vitest";
import type { EntryView } from "../wire";
import { readAt, unmarked } from "./read_marks";

const entry = (no: number, kind: "patient" | "staff", body: EntryView["body"], mine = false): EntryView => ({
  no,
  at: `2026-11-26T12:0${no}:00Z`,
  author: { kind, name: "", role: "" },
  mine,
  client_id: "",
  body,
});
const said = (no: number, kind: "patient" | "staff") =>
  entry(no, kind, { kind: "message", text: "hej", lang: null, asked: null });
const read = (no: number, kind: "patient" | "staff", up_to_no: number, mine = false) =>
  entry(no, kind, { kind: "read", up_to_no, up_to_patient_no: up_to_no }, mine);

it("tells when the other side had first read something", () => {
  const entries = [said(1, "patient"), read(2, "staff", 1), said(3, "patient"), read(4, "staff", 3)];
  expect(readAt(entries, 1, "staff")).toBe(entries[1]?.at);
  expect(readAt(entries, 3, "staff")).toBe(entries[3]?.at);
  expect(readAt(entries, 3, "patient")).toBeNull();
});

it("marks only when the other side has said something new", () => {
  const entries = [said(1, "patient"), said(2, "staff")];
  expect(unmarked(entries, "staff", 0)).toBe(2);
  expect(unmarked(entries, "staff", 2)).toBe(0);
  expect(unmarked(entries, "patient", 0)).toBe(2);
  expect(unmarked([...entries, read(3, "staff", 2, true)], "staff", 0)).toBe(0);
  expect(unmarked([...entries, read(3, "staff", 2)], "staff", 0)).toBe(3); // a colleague's mark is not one's own
  expect(unmarked([said(1, "staff")], "staff", 0)).toBe(0);
});
