import { expect, it } from "vitest";
import type { EntryView } from "../wire";
import { netOf, toldSince } from "./net";

const entry = (no: number, body: object) => ({ no, at: `at ${no}`, body }) as unknown as EntryView;
const given = (no: number, text: string) => entry(no, { kind: "safety_net_given", text });
const confirmed = (no: number, given_no: number) => entry(no, { kind: "safety_net_confirmed", given_no });

it("is none where none was given", () => {
  expect(netOf([entry(1, { kind: "message", text: "hej" })])).toBeNull();
});

it("is the newest one, and confirmed only by its own confirming", () => {
  const story = [given(1, "first"), confirmed(2, 1)];
  expect(netOf(story)?.confirmed_at).toBe("at 2");
  expect(netOf([...story, given(3, "second")])).toMatchObject({ no: 3, confirmed_at: null });
});

it("ends nothing once something was told after it", () => {
  const story = [entry(1, { kind: "message", text: "hej" }), given(2, "first"), entry(3, { kind: "noted", text: "n" })];
  expect(toldSince(story, 2)).toBe(false);
  expect(toldSince([...story, entry(4, { kind: "answered", question: "q", value: true })], 2)).toBe(true);
});
