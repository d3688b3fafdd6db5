/** Times as the workplace says them: ages in minutes and hours, clock times in the reader's language. */
import { signal } from "@preact/signals";
import { clock as clockOn } from "../base/clock";
import { t } from "../base/words";

const TICK_MS = 5_000;
const NEAR = 0.75;

/** Now, in steps of five seconds: every age on the screen follows it. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, TICK_MS);

export function minutesSince(at: string): number {
  return Math.max(0, Math.floor((now.value - Date.parse(at)) / 60_000));
}

/** "now", "12 min", "3 h", "2 d". */
export function age(minutes: number): string {
  if (minutes < 1) return t("staff.age_now");
  if (minutes < 120) return t("staff.age_min", { n: minutes });
  if (minutes < 48 * 60) return t("staff.age_h", { n: Math.floor(minutes / 60) });
  return t("staff.age_d", { n: Math.floor(minutes / 1440) });
}

/** "3 min", "15 h": how long something may take or has taken, a beginning counted as nothing. */
export function duration(minutes: number): string {
  return minutes < 1 ? t("staff.age_min", { n: 0 }) : age(minutes);
}

/** A clock time that gets its date when the day has passed. */
export const clock = (at: string): string => clockOn(at, now.value);

export interface Progress {
  waited: number;
  target: number;
  /** Part of the promised time that has gone, at most 1. */
  part: number;
  over: boolean;
  /** A quarter of the promised time is left, or less. */
  near: boolean;
}

/** How long a contact has waited against what it was promised, in minutes. */
export function progressOf(arrived_at: string, target_at: string): Progress {
  const arrived = Date.parse(arrived_at);
  const target = Math.max(1, Date.parse(target_at) - arrived);
  const gone = Math.max(0, now.value - arrived);
  const minutes = (ms: number) => Math.floor(ms / 60_000);
  return {
    waited: minutes(gone),
    target: minutes(target),
    part: Math.min(1, gone / target),
    over: gone > target,
    near: gone <= target && gone >= NEAR * target,
  };
}
