import { expect, it } from "vitest";
import { lang } from "../base/words";
import "../staff/words";
import type { Shown } from "../staff/shown";
import type { BoardRow } from "../wire";
import { NOTHING_SOUGHT, nextBoard, sought } from "./filter";

lang.value = "en";

function row(id: string, more: Partial<BoardRow>): BoardRow {
  const plain = { status: "waiting", holder: null, urgency: "routine", words: [], says_no: [], reason: "", rule: "" };
  return {
    ...plain,
    contact_id: id,
    lang: "sv",
    subject: "self",
    age_y: 40,
    age_m: null,
    sex: "f",
    ...more,
  } as BoardRow;
}

const ROWS = [
  row("throat", { words: ["Ont i halsen"], rule: "RF12" }),
  row("skin", { urgency: "urgent", reason: "Rash with fever" }),
  row("chest", { urgency: "immediate", words: ["tryck över bröstet"] }),
  row("mine", { status: "held", holder: { id: "jonas", name: "Jonas Ek" }, urgency: "immediate" }),
];
const rows = new Map(ROWS.map((one) => [one.contact_id, one]));
const shown: Shown[] = ROWS.map(({ contact_id }) => ({ id: contact_id, section: "waiting" }));
const found = (text: string, level: BoardRow["urgency"] | null = null) =>
  sought(shown, rows, { ...NOTHING_SOUGHT, text, level }).map(({ id }) => id);

it("finds by what the row shows, every word of it, in any order and any letters", () => {
  expect(found("HALSEN ont")).toEqual(["throat", "chest"]);
  expect(found("jonas")).toEqual(["chest", "mine"]);
  expect(found("rf12")).toEqual(["throat", "chest"]);
});

it("never hides an immediate contact that nobody has taken", () => {
  expect(found("nothing of the kind")).toEqual(["chest"]);
});

it("shows a level and those above it, and everything when nothing is sought", () => {
  expect(found("", "urgent")).toEqual(["skin", "chest", "mine"]);
  expect(sought(shown, rows, NOTHING_SOUGHT)).toBe(shown);
});

it("shows one board at a time, then all of them again", () => {
  const boards = ["harbour", "light"];
  const first = nextBoard(NOTHING_SOUGHT, boards);
  expect(first.unit_id).toBe("harbour");
  expect(nextBoard(nextBoard(first, boards), boards).unit_id).toBeNull();
  expect(nextBoard(NOTHING_SOUGHT, ["harbour"]).unit_id).toBeNull();
  const own = new Map([
    ["a", row("a", { unit_id: "harbour" })],
    ["b", row("b", { unit_id: "light" })],
  ]);
  const all: Shown[] = [...own.keys()].map((id) => ({ id, section: "waiting" }));
  expect(sought(all, own, first).map(({ id }) => id)).toEqual(["a"]);
});
