import { expect, it } from "vitest";
import { FOLD_ABOVE, foldAt } from "./fold";

it("leaves what is short whole", () => {
  expect(foldAt("ont i magen")).toBeNull();
  expect(foldAt("å".repeat(FOLD_ABOVE))).toBeNull();
});

it("cuts a long text between words", () => {
  const text = "ont i magen sedan igår ".repeat(60);
  const at = foldAt(text) ?? 0;
  expect(at).toBeGreaterThan(300);
  expect([...text][at]).toBe(" ");
});

it("cuts a text of many lines at a line", () => {
  const text = Array.from({ length: 40 }, (_, line) => `rad ${line}`).join("\n");
  expect(text.slice(0, foldAt(text) ?? 0).split("\n")).toHaveLength(10);
});

it("cuts one endless word, and never an emoji in two", () => {
  expect(foldAt("😀".repeat(2000))).toBe(600);
});
