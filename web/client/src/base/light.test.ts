import { expect, it } from "vitest";
import { lightOf } from "./light";

it.each([
  ["up", true, 0, "up"],
  ["up", false, 0, "checking"],
  ["up", true, 2, "sending"],
  ["up", false, 1, "sending"],
  ["old", false, 0, "old"],
  ["old", true, 3, "old"],
  ["down", false, 0, "down"],
  ["down", true, 0, "down"],
  ["down", false, 2, "down"],
] as const)("a line that is %s, told of lately: %s, with %i on their way: %s", (line, fresh, waiting, light) => {
  expect(lightOf({ line, fresh, waiting })).toBe(light);
});
