import { expect, it } from "vitest";
import { inBase64, isSilent, PIECE, Pieces, SAMPLE_RATE } from "./samples";

/** A second of a tone as it comes out, made of blocks as a browser gives them. */
function toneAt(rate: number, hertz: number): Int16Array {
  const pieces: Int16Array[] = [];
  const into = new Pieces(rate, (piece) => pieces.push(piece));
  for (let at = 0; at < rate; at += 128) {
    into.take(Float32Array.from({ length: 128 }, (_, n) => Math.sin((2 * Math.PI * hertz * (at + n)) / rate) / 2));
  }
  expect(pieces.length).toBe(Math.floor(SAMPLE_RATE / PIECE));
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}

it.each([48_000, 44_100, 16_000, 8_000])("keeps the tone of a microphone with %i samples a second", (rate) => {
  const samples = toneAt(rate, 440);
  const crossings = samples.filter((sample, at) => at > 0 && sample >= 0 !== (samples[at - 1] ?? 0) >= 0).length;
  expect(Math.abs((crossings / 2 / samples.length) * SAMPLE_RATE - 440)).toBeLessThan(6);
  expect(Math.max(...samples)).toBeGreaterThan(14_000);
  expect(Math.max(...samples)).toBeLessThanOrEqual(16_384);
});

it("knows a microphone that is off, and writes little endian", () => {
  expect(isSilent(new Int16Array(4))).toBe(true);
  expect(isSilent(Int16Array.of(0, -1))).toBe(false);
  expect(inBase64(Int16Array.of(1, -2))).toBe(btoa("\x01\x00\xfe\xff"));
});
