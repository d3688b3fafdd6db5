import { expect, it } from "vitest";
import { Speech } from "./speaking";

it("speaks from the first loud moment on, through the pauses between sentences, and no longer", () => {
  const speech = new Speech();
  expect(speech.heard(0.05, 0)).toBe(false); // a quiet room
  expect(speech.heard(0.4, 80)).toBe(true);
  expect(speech.heard(0.05, 1_500)).toBe(true);
  expect(speech.heard(0.05, 1_600)).toBe(false);
});
