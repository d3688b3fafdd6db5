/**
 * What `getStats` says about one connection, as numbers and as a verdict that can be put in words.
 * Limits: round trip 400 ms, loss 5 %, jitter 30 ms, 10 pictures a second (our own, to be tuned on real lines).
 */
import type { MediaStates } from "./media_states";

export interface Flow {
  packets: number;
  bytes: number;
  lost: number;
  frames: number;
  framesPerSecond: number;
  jitterMs: number;
}

export interface Quality {
  soundIn: Flow;
  soundOut: Flow;
  pictureIn: Flow;
  pictureOut: Flow;
  roundTripMs: number | null;
}

export type Verdict = "good" | "poor" | "none" | "off";

const ROUND_TRIP_MS = 400;
const JITTER_MS = 30;
const LOSS = 0.05;
const FRAMES_PER_SECOND = 10;

const nothing = (): Flow => ({ packets: 0, bytes: 0, lost: 0, frames: 0, framesPerSecond: 0, jitterMs: 0 });

export const NO_QUALITY: Quality = {
  soundIn: nothing(),
  soundOut: nothing(),
  pictureIn: nothing(),
  pictureOut: nothing(),
  roundTripMs: null,
};

/** Sums a stats report (W3C webrtc-stats) up; flows of one kind and direction are added together. */
export function qualityOf(report: Iterable<Record<string, unknown>>): Quality {
  const quality: Quality = structuredClone(NO_QUALITY);
  for (const row of report) {
    const flow = flowOf(quality, row);
    if (flow) addTo(flow, row);
    else if (row.type === "candidate-pair" && row.nominated === true && typeof row.currentRoundTripTime === "number")
      quality.roundTripMs = Math.round(row.currentRoundTripTime * 1000);
  }
  return quality;
}

function flowOf(quality: Quality, { type, kind }: Record<string, unknown>): Flow | null {
  if (type === "inbound-rtp") return kind === "audio" ? quality.soundIn : quality.pictureIn;
  if (type === "outbound-rtp") return kind === "audio" ? quality.soundOut : quality.pictureOut;
  return null;
}

function addTo(flow: Flow, row: Record<string, unknown>): void {
  const number = (name: string) => (typeof row[name] === "number" ? (row[name] as number) : 0);
  flow.packets += number("packetsReceived") + number("packetsSent");
  flow.bytes += number("bytesReceived") + number("bytesSent");
  flow.lost += number("packetsLost");
  flow.frames += number("framesDecoded") + number("framesEncoded");
  flow.framesPerSecond += number("framesPerSecond");
  flow.jitterMs = Math.max(flow.jitterMs, number("jitter") * 1000);
}

/** How their sound reaches us, from two readings about a second apart. */
export function soundVerdict(before: Quality, now: Quality, theirs: MediaStates): Verdict {
  if (!theirs.microphone) return "off";
  const arrived = now.soundIn.packets - before.soundIn.packets;
  if (arrived <= 0) return "none";
  return isRough(before.soundIn, now.soundIn) || isSlow(now) ? "poor" : "good";
}

/** How their picture reaches us. A shared screen may stand still: only its loss counts. */
export function pictureVerdict(before: Quality, now: Quality, theirs: MediaStates): Verdict {
  if (!theirs.camera && !theirs.sharing) return "off";
  const arrived = now.pictureIn.frames - before.pictureIn.frames;
  if (arrived <= 0 && !theirs.sharing) return "none";
  const jerky = !theirs.sharing && arrived < FRAMES_PER_SECOND;
  return jerky || lossBetween(before.pictureIn, now.pictureIn) > LOSS ? "poor" : "good";
}

function isRough(before: Flow, now: Flow): boolean {
  return lossBetween(before, now) > LOSS || now.jitterMs > JITTER_MS;
}

function isSlow({ roundTripMs }: Quality): boolean {
  return roundTripMs !== null && roundTripMs > ROUND_TRIP_MS;
}

function lossBetween(before: Flow, now: Flow): number {
  const lost = Math.max(0, now.lost - before.lost);
  const arrived = Math.max(0, now.packets - before.packets);
  return lost + arrived === 0 ? 0 : lost / (lost + arrived);
}
