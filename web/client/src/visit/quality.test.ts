import { expect, it } from "vitest";
import { MEDIA_OF_NOBODY, readMediaStates } from "./media_states";
import { NO_QUALITY, pictureVerdict, type Quality, qualityOf, soundVerdict } from "./quality";

const report = (frames: number, packets: number, lost: number) => [
  { type: "inbound-rtp", kind: "video", framesDecoded: frames, packetsReceived: packets, packetsLost: lost },
  { type: "inbound-rtp", kind: "audio", packetsReceived: packets, packetsLost: 0, jitter: 0.004 },
  { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.0213 },
];
const at = (frames: number, packets: number, lost = 0): Quality => qualityOf(report(frames, packets, lost));

it("reads frames, packets and round trip from a stats report", () => {
  const { pictureIn, soundIn, roundTripMs } = at(30, 50);
  expect([pictureIn.frames, soundIn.packets, roundTripMs]).toEqual([30, 50, 21]);
});

it("calls few pictures a second or lost packets poor, and none none", () => {
  expect(pictureVerdict(NO_QUALITY, at(25, 50), MEDIA_OF_NOBODY)).toBe("good");
  expect(pictureVerdict(NO_QUALITY, at(6, 50), MEDIA_OF_NOBODY)).toBe("poor");
  expect(pictureVerdict(NO_QUALITY, at(25, 50, 10), MEDIA_OF_NOBODY)).toBe("poor");
  expect(pictureVerdict(at(25, 50), at(25, 50), MEDIA_OF_NOBODY)).toBe("none");
});

it("does not blame the line for what the other has turned off, nor for a shared screen that stands still", () => {
  const quiet = { microphone: false, camera: false, sharing: false };
  expect(soundVerdict(at(0, 5), at(0, 5), quiet)).toBe("off");
  expect(pictureVerdict(at(0, 5), at(0, 5), quiet)).toBe("off");
  expect(pictureVerdict(at(9, 5), at(9, 6), { ...quiet, sharing: true })).toBe("good");
});

it("takes nothing but known states from the other side", () => {
  expect(readMediaStates('{"microphone":true,"camera":"yes"}')).toEqual({
    microphone: true,
    camera: false,
    sharing: false,
  });
  expect([readMediaStates("no json"), readMediaStates("null"), readMediaStates(new ArrayBuffer(4))]).toEqual([
    null,
    null,
    null,
  ]);
});
