import { expect, it } from "vitest";
import { LANGUAGES, lang } from "../base/words";
import type { RouteStep } from "../wire";
import { needWords, routeWords } from "./route";

const step = (
  policy: RouteStep["policy"],
  outcome: RouteStep["outcome"],
  more: Partial<RouteStep> = {},
): RouteStep => ({
  policy,
  outcome,
  unit_id: "",
  unit_name: "",
  need: "",
  ...more,
});

it("says every step in its order, with the unit's name and the language's", () => {
  lang.value = "en";
  const steps = [
    step("registered", "met", { unit_name: "Hamnen" }),
    step("opening", "overflow", { unit_name: "Lyktan" }),
    step("language", "needs", { need: "lang:ar" }),
  ];
  expect(routeWords(steps)).toBe(
    "The patient is registered at Hamnen. It was closed there; Lyktan takes what comes. Needs somebody who speaks Arabic.",
  );
});

it("names no nurse, and a code it does not know as it is written", () => {
  for (const language of LANGUAGES) {
    lang.value = language;
    expect(needWords("staff:sara")).not.toContain("sara");
    expect(needWords("skill:child")).toContain("child");
    expect(needWords("lang:not-a-real-tag!")).toContain("not-a-real-tag!");
  }
});
