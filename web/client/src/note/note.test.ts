import { expect, it } from "vitest";
import type { NoteSentence } from "../wire";
import { begun, caughtUp, edited, kept, withOwn, without } from "./note";

const said = (part: NoteSentence["part"], text: string, ...nos: number[]): NoteSentence => ({ part, text, nos });
const DRAFT = [said("situation", "58 år.", 1), said("assessment", "Brådskande.", 3)];

it("keeps what a sentence rests on when its words are changed", () => {
  const note = edited(begun(DRAFT, 3, "once"), 1, "Mycket brådskande. ");
  expect(kept(note)).toEqual([said("situation", "58 år.", 1), said("assessment", "Mycket brådskande.", 3)]);
});

it("saves neither what was taken away nor what says nothing, and orders by part", () => {
  const own = withOwn(without(begun(DRAFT, 3, "once"), 1), "situation");
  const note = edited(withOwn(own, "recommendation"), 2, "Bor ensam.");
  expect(kept(note)).toEqual([said("situation", "58 år.", 1), said("situation", "Bor ensam.")]);
});

it("takes in only what is newer, beside what was edited", () => {
  const note = caughtUp(edited(begun(DRAFT, 3, "once"), 0, "Ändrad."), [...DRAFT, said("background", "Svar.", 5)], 5);
  expect(kept(note).map(({ text }) => text)).toEqual(["Ändrad.", "Svar.", "Brådskande."]);
  expect(note.head).toBe(5);
});
