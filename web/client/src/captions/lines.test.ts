import { expect, it } from "vitest";
import { type Line, withSaid } from "./lines";

const said = (sender: string, text: string, final: boolean) => ({ visit_id: "v", sender, text, final });
const read = (...all: ReturnType<typeof said>[]) =>
  all.reduce<readonly Line[]>(withSaid, []).map(({ sender, text, final }) => `${sender}: ${text}${final ? "." : "…"}`);

it("lets what somebody is saying grow, and settle", () => {
  expect(read(said("a", "jag", false), said("a", "jag har ont", false))).toEqual(["a: jag har ont…"]);
  expect(read(said("a", "jag har", false), said("a", "jag har ont", true))).toEqual(["a: jag har ont."]);
  expect(read(said("a", "jag", false), said("a", "", true))).toEqual([]);
});

it("keeps two who speak at once apart", () => {
  expect(read(said("a", "hej", false), said("b", "ja", false), said("a", "hej du", true))).toEqual([
    "a: hej du.",
    "b: ja…",
  ]);
});

it("forgets what was said long ago", () => {
  const many = Array.from({ length: 60 }, (_, n) => said("a", String(n), true));
  expect(read(...many).length).toBe(40);
  expect(read(...many).at(-1)).toBe("a: 59.");
});
