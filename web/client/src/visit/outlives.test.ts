import { expect, it } from "vitest";
import type { VisitMember } from "../wire";
import { outlives, takenForGone } from "./outlives";

const member = (place: VisitMember["place"], put_out = false): VisitMember => ({
  participant: "a1",
  name: "Nils",
  role: "patient",
  unit: "",
  place,
  put_out,
  since: "",
  identity: null,
  company: [],
  tested: null,
  test: null,
  photo_asked: false,
  captions: null,
  poor: false,
  lang: "",
});

it("keeps a connection that carries sound when the line is gone, and no other", () => {
  expect(outlives(member("in"), "connecting")).toBe(true);
  expect(outlives(member("left"), "connected")).toBe(true);
  expect(outlives(member("left"), "interrupted")).toBe(false);
  expect(outlives(undefined, "connecting")).toBe(false);
});

it("ends a connection with whoever was put out, also while it carries sound", () => {
  expect(outlives(member("left", true), "connected")).toBe(false);
});

it("ends a connection with whoever is put aside or sent back, also while it carries sound", () => {
  expect(outlives(member("aside"), "connected")).toBe(false);
  expect(outlives(member("lobby"), "connected")).toBe(false);
});

it("takes back that one who is here has left, once, and never that one was put out", () => {
  expect(takenForGone("in", member("left"))).toBe(true);
  expect(takenForGone("lobby", member("left"))).toBe(true);
  expect(takenForGone("aside", member("left"))).toBe(true);
  expect(takenForGone("left", member("left"))).toBe(false);
  expect(takenForGone(undefined, member("left"))).toBe(false);
  expect(takenForGone("in", member("in"))).toBe(false);
  expect(takenForGone("in", member("left", true))).toBe(false);
});
