import { afterEach, expect, it } from "vitest";
import "../patient/words";
import { intervalWords } from "../patient/interval";
import { hasWords, lang, languageFor, t } from "./words";

afterEach(() => {
  lang.value = "sv";
});

it.each([
  [["sv-SE"], "no", "sv"],
  [["nn-NO", "en"], "se", "nb"],
  [["fi", "en-GB"], "se", "en"],
  [["ar"], "se", "sv"],
  [[], "no", "nb"],
] as const)("%j in %s speaks %s", (wanted, country, spoken) => {
  expect(languageFor(wanted, country)).toBe(spoken);
});

it("fills in values and follows the chosen language", () => {
  expect(t("patient.call", { number: "112" })).toBe("Ring 112");
  lang.value = "en";
  expect(t("patient.call", { number: "112" })).toBe("Call 112");
  expect([hasWords("patient.role_nurse"), hasWords("patient.role_astronaut")]).toEqual([true, false]);
});

it.each([
  [0, 1, "up to a minute"],
  [2, 4, "2–4 minutes"],
  [8, 23, "8–25 minutes"],
  [11, 14, "10–15 minutes"],
  [30, 120, "30 minutes–2 hours"],
  [0, 120, "up to 2 hours"],
  [61, 200, "1–4 hours"],
])("waits of %i to %i minutes read %s", (low_min, high_min, words) => {
  lang.value = "en";
  expect(intervalWords({ low_min, high_min })).toBe(words);
});
