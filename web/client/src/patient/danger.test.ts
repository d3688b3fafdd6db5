import { expect, it } from "vitest";
import { dangerOf } from "./danger";

it.each([
  [["screen_chest"], false, "body"],
  [["screen_child_seizure"], true, "child"],
  [["screen_suicide"], false, "self_harm"],
  [["chest_pain", "suicidal_ideation"], false, "self_harm"],
  [["self_harm"], true, "self_harm"],
  [[], false, "body"],
] as const)("%j about a child: %s is %s", (signs, aboutChild, danger) => {
  expect(dangerOf(signs, aboutChild)).toBe(danger);
});
