import { expect, it } from "vitest";
import type { VisitMember } from "../wire";
import { outlives } from "./outlives";

const member = (place: VisitMember["place"], put_out = false): VisitMember => ({
  participant: "a1",
  name: "Nils",
  role: "patient",
  unit: "",
  place,
  put_out,
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
