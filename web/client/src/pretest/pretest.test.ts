import { expect, it } from "vitest";
import { between } from "./echo";
import { type Found, gradeOf } from "./report";
import { wayOf } from "./turn_reach";

const GOOD: Found = {
  camera: "works",
  microphone: "works",
  speaker: "untried",
  connected: true,
  udp: "untried",
  tcp: "untried",
  tls: "untried",
  round_trip_ms: 400,
  loss_permille: 50,
  kbit_s: 300,
};

it("grades by the limits the unit is told by", () => {
  expect(gradeOf(GOOD)).toBe("good");
  expect(gradeOf({ ...GOOD, round_trip_ms: 401 })).toBe("poor");
  expect(gradeOf({ ...GOOD, loss_permille: 51 })).toBe("poor");
  expect(gradeOf({ ...GOOD, kbit_s: 299 })).toBe("poor");
  expect(gradeOf({ ...GOOD, microphone: "silent" })).toBe("poor");
  expect(gradeOf({ ...GOOD, speaker: "not_heard" })).toBe("poor");
  expect(gradeOf({ ...GOOD, connected: false })).toBe("none");
});

it("counts what came between two readings", () => {
  const before = { bytes: 1_000, packets: 100, lost: 5, trip_ms: 90 };
  const after = { bytes: 626_000, packets: 290, lost: 15, trip_ms: 41.6 };
  expect(between(before, after, true)).toEqual({ connected: true, round_trip_ms: 42, loss_permille: 50, kbit_s: 1000 });
  expect(between(before, before, true).connected).toBe(false);
});

it("knows by which way a server is reached", () => {
  expect(wayOf("turn:turn.example:3478?transport=udp")).toBe("udp");
  expect(wayOf("turn:turn.example")).toBe("udp");
  expect(wayOf("turn:turn.example?transport=tcp")).toBe("tcp");
  expect(wayOf("turns:turn.example:443")).toBe("tls");
  expect(wayOf("stun:turn.example")).toBe(null);
});
