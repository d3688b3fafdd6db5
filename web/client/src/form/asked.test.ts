import { expect, test } from "vitest";
import type { Condition, Item, Questionnaire } from "../wire";
import { asked, counting, same } from "./asked";

const item = (link_id: string, when: Condition[] = [], items: Item[] = []): Item =>
  ({
    link_id,
    type: items.length ? "group" : "boolean",
    enable_when: when,
    enable_behavior: "all",
    items,
  }) as unknown as Item;
const form = (...items: Item[]) => ({ items }) as unknown as Questionnaire;
const yes = (question: string): Condition => ({ question, operator: "=", answer: true });
const ids = (items: Item[]) => items.map((one) => one.link_id).join(" ");

test("what is not asked has no answer for others either", () => {
  const chain = form(item("a"), item("b", [yes("a")]), item("c", [yes("b")]));
  expect(ids(asked(chain, { a: [false], b: [true] }))).toBe("a");
  expect(ids(asked(chain, { a: [true], b: [true] }))).toBe("a b c");
  expect(counting(chain, { a: [false], b: [true] })).toEqual({ a: [false] });
});

test("a group that is not asked hides what lies in it", () => {
  const grouped = form(item("a"), item("g", [yes("a")], [item("b")]));
  expect(ids(asked(grouped, {}))).toBe("a");
  expect(ids(asked(grouped, { a: [true] }))).toBe("a g b");
});

test("each operator", () => {
  const when = (operator: Condition["operator"], answer: Condition["answer"]) =>
    form(item("n"), item("x", [{ question: "n", operator, answer }]));
  const shows = (one: Questionnaire, ...given: (number | string)[]) => ids(asked(one, { n: given })).endsWith("x");
  expect(shows(when("exists", true), 1)).toBe(true);
  expect(shows(when("exists", false))).toBe(true);
  expect(shows(when("!=", 1))).toBe(true);
  expect(shows(when("!=", 1), 1)).toBe(false);
  expect(shows(when(">", 3), 4)).toBe(true);
  expect(shows(when("<", "2026-01-01"), "2025-12-31")).toBe(true);
  expect(shows(when(">=", 3), 2)).toBe(false);
  expect(shows(when("<=", 3), 3)).toBe(true);
});

test("codes are the same by system and code, quantities by unit too", () => {
  expect(same({ type: "coding", code: "a" }, { type: "coding", code: "a", system: "", display: "A" })).toBe(true);
  const kilo = { type: "quantity", value: 1, unit: "kg" } as const;
  expect(same(kilo, { ...kilo, unit: "g" })).toBe(false);
  expect(same(true, true)).toBe(true);
});
