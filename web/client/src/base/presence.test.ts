import { expect, it } from "vitest";
import { heardOf, remembered, type Someone } from "./presence";

const who = { kind: "staff", name: "Sara", role: "nurse" } as const;
const told = (key: string, state: "here" | "typing" | "away") => ({ contact_id: "c", key, who, state, greets: false });
const states = (people: readonly Someone[]) => people.map((one) => `${one.key} ${one.state}`);

it("knows each person once, by the last that was heard of them", () => {
  let people: Someone[] = [];
  for (const state of ["here", "typing", "here"] as const) people = heardOf(people, told("a", state), 0);
  people = heardOf(people, told("b", "typing"), 0);
  expect(states(people)).toEqual(["a here", "b typing"]);
  expect(states(heardOf(people, told("a", "away"), 0))).toEqual(["b typing"]);
});

it("forgets who says nothing more: first that they write, then that they are there", () => {
  const people = heardOf([], told("a", "typing"), 0);
  expect(states(remembered(people, 5_000))).toEqual(["a typing"]);
  const quiet = remembered(people, 7_000);
  expect(states(quiet)).toEqual(["a here"]);
  expect(states(remembered(quiet, 39_000))).toEqual(["a here"]);
  expect(remembered(quiet, 41_000)).toEqual([]);
});
