/**
 * Whether somebody's picture is enough to judge anything by it: by the limits of docs/architecture.md (Video), held for
 * ten seconds, so that a moment's trouble is noted nowhere. Pure.
 */
import type { Measured } from "../wire";
import type { MediaStates } from "./media_states";
import type { Quality } from "./quality";

const LIMITS = { round_trip_ms: 400, loss_pct: 5, jitter_ms: 30, kbit_s: 150, frames_s: 10 } as const;
const LASTING_S = 10;

/** What came between two readings `passed_ms` apart. */
export function measured(before: Quality, now: Quality, passed_ms: number): Measured {
  const seconds = Math.max(passed_ms, 1) / 1000;
  const lost = Math.max(0, now.pictureIn.lost + now.soundIn.lost - before.pictureIn.lost - before.soundIn.lost);
  const packets = now.pictureIn.packets + now.soundIn.packets - before.pictureIn.packets - before.soundIn.packets;
  const bytes = Math.max(0, now.pictureIn.bytes - before.pictureIn.bytes);
  return {
    round_trip_ms: now.roundTripMs ?? 0,
    loss_pct: lost === 0 ? 0 : Math.min(100, Math.round((100 * lost) / Math.max(1, lost + packets))),
    jitter_ms: Math.round(Math.max(now.pictureIn.jitterMs, now.soundIn.jitterMs)),
    kbit_s: Math.round((bytes * 8) / 1000 / seconds),
    frames_s: Math.round(Math.max(0, now.pictureIn.frames - before.pictureIn.frames) / seconds),
  };
}

/** A camera that is off is a choice and no trouble; a shared screen may stand still. */
export function isEnough(one: Measured, theirs: MediaStates): boolean {
  if (!theirs.camera && !theirs.sharing) return true;
  const line =
    one.round_trip_ms <= LIMITS.round_trip_ms && one.loss_pct <= LIMITS.loss_pct && one.jitter_ms <= LIMITS.jitter_ms;
  return line && (theirs.sharing || (one.kbit_s >= LIMITS.kbit_s && one.frames_s >= LIMITS.frames_s));
}

/** What has held for ten seconds; enough until then. */
export class Lately {
  enough = true;
  private times = 0;

  /** Takes one second; true when the verdict has changed by it. */
  add(enough: boolean): boolean {
    this.times = enough === this.enough ? 0 : this.times + 1;
    if (this.times < LASTING_S) return false;
    this.enough = enough;
    this.times = 0;
    return true;
  }
}
