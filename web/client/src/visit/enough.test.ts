import { expect, it } from "vitest";
import { isEnough, Lately, measured } from "./enough";
import { MEDIA_OF_NOBODY } from "./media_states";
import { NO_QUALITY, qualityOf } from "./quality";
import { after, NO_PICTURE, NOTHING_YIELDED, type Yielding } from "./yielding";

const good = { round_trip_ms: 80, loss_pct: 0, jitter_ms: 5, kbit_s: 700, frames_s: 25 };

it("finds each of the limits, and only beyond it", () => {
  expect(isEnough(good, MEDIA_OF_NOBODY)).toBe(true);
  for (const [name, at, beyond] of [
    ["round_trip_ms", 400, 401],
    ["loss_pct", 5, 6],
    ["jitter_ms", 30, 31],
    ["kbit_s", 150, 149],
    ["frames_s", 10, 9],
  ] as const) {
    expect(isEnough({ ...good, [name]: at }, MEDIA_OF_NOBODY)).toBe(true);
    expect(isEnough({ ...good, [name]: beyond }, MEDIA_OF_NOBODY)).toBe(false);
  }
});

it("blames no line for a camera that is off or a screen that stands still", () => {
  const still = { ...good, kbit_s: 2, frames_s: 0 };
  expect(isEnough(still, { microphone: true, camera: false, sharing: false })).toBe(true);
  expect(isEnough(still, { microphone: true, camera: true, sharing: true })).toBe(true);
  expect(isEnough(still, MEDIA_OF_NOBODY)).toBe(false);
});

it("measures what came between two readings", () => {
  const now = qualityOf([
    {
      type: "inbound-rtp",
      kind: "video",
      framesDecoded: 50,
      packetsReceived: 180,
      packetsLost: 20,
      bytesReceived: 1e5,
    },
    { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.1 },
  ]);
  expect(measured(NO_QUALITY, now, 2_000)).toEqual({
    round_trip_ms: 100,
    loss_pct: 10,
    jitter_ms: 0,
    kbit_s: 400,
    frames_s: 25,
  });
});

it("says that it changed only after ten seconds in a row", () => {
  const lately = new Lately();
  const told = [...Array(9).fill(false), true, ...Array(10).fill(false)].map((enough) => lately.add(enough));
  expect(told.lastIndexOf(true)).toBe(19);
  expect(told.filter(Boolean)).toHaveLength(1);
});

it("gives up size at once, the picture at last, and never more than a step in ten seconds", () => {
  const steps = (poor: boolean, seconds: number, from: Yielding) =>
    Array.from({ length: seconds }).reduce<Yielding>((now) => after(now, poor), from);
  expect(after(NOTHING_YIELDED, true).step).toBe(1);
  expect(steps(true, 10, NOTHING_YIELDED).step).toBe(1);
  expect(steps(true, 11, NOTHING_YIELDED).step).toBe(2);
  const all = steps(true, 100, NOTHING_YIELDED);
  expect(all.step).toBe(NO_PICTURE);
  expect(steps(false, 29, all).step).toBe(NO_PICTURE);
  expect(steps(false, 90, all).step).toBe(0);
});
