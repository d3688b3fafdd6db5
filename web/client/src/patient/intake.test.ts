import { expect, it } from "vitest";
import { type Known, nextStep } from "./intake";

const known = (over: Partial<Known>): Known => ({
  status: "waiting",
  urgency: "urgent",
  chips: 2,
  corrected: false,
  waitedLong: false,
  openQuestions: 1,
  letter: false,
  reached: false,
  visit: false,
  ...over,
});

it.each([
  ["nothing fetched yet", { status: null }, "fetching"],
  ["a visit that is open, before any reading", { chips: null, visit: true }, "talk"],
  ["the first reading is on its way", { chips: null }, "reading"],
  ["the reading does not come: nobody waits for it", { chips: null, waitedLong: true, openQuestions: 0 }, "reach"],
  ["the reading is shown", {}, "chips"],
  ["nothing was understood: no chips to show", { chips: 0 }, "ask"],
  ["the reading is confirmed", { corrected: true }, "ask"],
  ["all is answered", { corrected: true, openQuestions: 0 }, "reach"],
  ["where one is, is known: later questions stand beside", { corrected: true, reached: true }, "talk"],
  ["a nurse is here", { status: "held" }, "talk"],
  ["it is immediate", { urgency: "immediate" }, "talk"],
  ["it is closed", { status: "closed" }, "talk"],
] as const)("%s", (_, over, step) => {
  expect(nextStep(known(over))).toBe(step);
});
