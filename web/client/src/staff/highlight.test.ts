import { expect, it } from "vitest";
import type { Finding } from "../wire";
import { pieces } from "./highlight";

const found = (start: number, end: number): Finding => ({
  entry: 1,
  start,
  end,
  concept: "chest_pain",
  label: "",
  state: "has",
  severity: null,
  duration_h: null,
});
const marked = (text: string, ...findings: Finding[]) =>
  pieces(text, findings)
    .map(({ text: words, finding }) => (finding ? `[${words}]` : words))
    .join("");

it("counts code points, so that an emoji before the words does not move the mark", () => {
  expect(marked("😀😀 ont i bröstet nu", found(3, 16))).toBe("😀😀 [ont i bröstet] nu");
});

it("loses no letter, whatever the findings are", () => {
  const text = "a👩‍👩‍👧b ont";
  const odd = [found(0, 0), found(5, 3), found(2, 400), found(0, 3), found(1, 2)];
  expect(
    pieces(text, odd)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

it("takes the longest of findings that begin together", () => {
  expect(marked("tryckande smärta", found(0, 9), found(0, 16))).toBe("[tryckande smärta]");
});
