import { beforeEach, expect, it } from "vitest";
import { correction } from "./chips";
import {
  age,
  chooseRepresented,
  chooseSubject,
  clearDraft,
  lengthOf,
  opening,
  prefill,
  restore,
  sex,
  snapshot,
  subject,
} from "./draft";

beforeEach(clearDraft);

it("sends a small child's age in whole months and in years", () => {
  age.value = { value: 14, unit: "months" };
  expect([opening().age_y, opening().age_m]).toEqual([1, 14]);
  age.value = { value: 7, unit: "years" };
  expect([opening().age_y, opening().age_m]).toEqual([7, null]);
});

it("opens with the same id until the draft is cleared", () => {
  const first = opening().client_id;
  expect(opening().client_id).toBe(first);
  clearDraft();
  expect(opening().client_id).not.toBe(first);
});

it("fills in age and sex for oneself only, and never over what was typed", () => {
  const me = {
    id: "patient:a",
    kind: "patient",
    name: "A",
    age_y: 58,
    sex: "f",
    roles: [],
    represents: [],
    demo: true,
    lease_s: 0,
  } as const;
  subject.value = "child";
  prefill({ ...me, roles: [], represents: [] });
  expect(age.value).toBeNull();
  subject.value = "self";
  sex.value = "m";
  prefill({ ...me, roles: [], represents: [] });
  expect([age.value, sex.value]).toEqual([{ value: 58, unit: "years" }, "m"]);
});

it("forgets the age when it is about someone else after all", () => {
  chooseSubject("self", null);
  age.value = { value: 58, unit: "years" };
  chooseSubject("child", null);
  expect(age.value).toBeNull();
});

it("names somebody one represents, with the register's age and sex, and nobody after another choice", () => {
  chooseRepresented({ person_id: "elias", name: "Elias", age_y: 9, age_m: 118, sex: "m" });
  expect(opening()).toMatchObject({ subject: "child", for_person: "elias", age_y: 9, age_m: null, sex: "m" });
  chooseRepresented({ person_id: "baby", name: "B", age_y: 1, age_m: 14, sex: null });
  expect(opening()).toMatchObject({ subject: "child", for_person: "baby", age_y: 1, age_m: 14, sex: null });
  restore(snapshot());
  expect(opening().for_person).toBe("baby");
  chooseSubject("child", null);
  expect(opening()).toMatchObject({ for_person: null, age_y: null, sex: null });
});

it("counts code points, as the server does", () => {
  expect(lengthOf("å🙂")).toBe(2);
});

it("turns what the patient says into struck and added", () => {
  const chips = [
    { concept: "fever", label: "feber", state: "has" },
    { concept: "cough", label: "hosta", state: "has_not" },
    { concept: "rash", label: "utslag", state: "unsure" },
  ] as const;
  expect(correction(chips, { fever: "no", cough: "yes", rash: "no" })).toEqual({
    struck: ["fever", "rash"],
    added: ["cough"],
  });
  expect(correction(chips, { fever: "yes", cough: "no" })).toEqual({ struck: [], added: [] });
});
