import { expect, it } from "vitest";
import type { Change } from "../wire";
import { changedSince } from "./changes";

const change = (no: number, some: Partial<Change> = {}): Change => ({
  no,
  before: "routine",
  after: "routine",
  rule: "",
  reason: "",
  words: [],
  silent: false,
  has: [],
  has_not: [],
  ...some,
});

it("says nothing to who has seen it all", () => {
  expect(changedSince([change(4, { has: ["feber"] })], 4)).toBeNull();
});

it("joins what came since: the level from the first to the last, each label once", () => {
  const raised = change(7, { after: "urgent", words: ["kallsvettig"], has: ["svettning"] });
  const later = change(9, { before: "urgent", after: "urgent", has: ["svettning", "yrsel"], has_not: ["feber"] });
  expect(changedSince([change(3, { has: ["hosta"] }), raised, later], 3)).toEqual({
    before: "routine",
    after: "urgent",
    because: raised,
    has: ["svettning", "yrsel"],
    has_not: ["feber"],
  });
});
