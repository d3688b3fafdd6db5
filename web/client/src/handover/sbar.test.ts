import { expect, it } from "vitest";
import { lang } from "../base/words";
import "../staff/words";
import type { Assessed, EntryView } from "../wire";
import { draftOf, textOf } from "./sbar";

lang.value = "sv";

function entry(no: number, body: EntryView["body"], kind: EntryView["author"]["kind"] = "patient"): EntryView {
  const at = "2026-01-01T10:00:00.000Z";
  return { no, at, author: { kind, name: "", role: "" }, mine: false, client_id: "", body };
}

const opened = entry(1, {
  kind: "opened",
  subject: "self",
  about: "",
  age_y: 58,
  age_m: null,
  sex: "f",
  lang: "sv",
  screen: [],
});
const said = entry(2, { kind: "message", text: "Tryck över bröstet ", lang: "sv", asked: null });
const answered = entry(3, { kind: "answered", question: "q", wording: "Andfådd?", value: true });
const assessed = entry(
  4,
  {
    kind: "assessed",
    urgency: "urgent",
    reasons: [{ rule: "R1", urgency: "urgent", text: "Bröstsmärta", words: [], source: [], confirmed: true }],
    denied: ["feber"],
    findings: [],
    path: null,
  } as unknown as Assessed & { kind: "assessed" },
  "system",
);

it("every sentence of the draft names the entry it rests on, and the recommendation is a person's", () => {
  const draft = draftOf([opened, said, answered, assessed]);
  expect(draft.situation.map(({ no }) => no)).toEqual([1, 2]);
  expect(textOf(draft.situation)).toContain("“Tryck över bröstet”");
  expect(draft.background).toEqual([{ no: 3, text: "Andfådd? Ja." }]);
  expect(draft.assessment.map(({ no }) => no)).toEqual([4, 4, 4]);
  expect(textOf(draft.assessment)).toContain("Bröstsmärta.");
  expect(textOf(draft.assessment)).toContain("feber");
  expect(draft.recommendation).toEqual([]);
});

it("a level set by a person after the assessment stands above it, with the person's reason", () => {
  const set = entry(
    5,
    { kind: "urgency_set", urgency: "routine", reason: "Ömmar vid tryck", claim_no: 1, instead_of: null },
    "staff",
  );
  const [first, second] = draftOf([opened, said, assessed, set]).assessment;
  expect([first?.no, second]).toEqual([5, { no: 5, text: "Ömmar vid tryck." }]);
});

it("an empty contact gives an empty draft", () => {
  expect(Object.values(draftOf([])).flat()).toEqual([]);
});
