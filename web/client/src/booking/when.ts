/** Days and clock times of booked times, by the clocks of the unit whatever the device's clock says. */
import { locale } from "../base/words";

const DAY_MS = 86_400_000;

/** "Monday 30 November". */
export const dayWords = (at: string, zone: string) =>
  firstUp(
    new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", timeZone: zone }).format(
      new Date(at),
    ),
  );

/** "10:00". */
export const timeWords = (at: string, zone: string) =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));

/** "10:00–10:30". */
export const spanWords = (time: { starts_at: string; ends_at: string }, zone: string) =>
  `${timeWords(time.starts_at, zone)}–${timeWords(time.ends_at, zone)}`;

/** "Mon 30 Nov, 10:00": for sentences and labels. */
export const momentWords = (at: string, zone: string) =>
  new Intl.DateTimeFormat(locale(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));

/** The day on the unit's wall, as 2026-11-30: to group by, and for fields of days. */
export const dayOf = (at: string | number, zone: string) =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: zone }).format(new Date(at));

/** When a day begins on the unit's wall, also on days that are longer or shorter than others; NaN for no day. */
export function midnight(day: string, zone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`);
  const hour = 3_600_000;
  for (let at = guess - 14 * hour; at <= guess + 14 * hour; at += hour / 4) if (dayOf(at, zone) === day) return at;
  return Number.NaN;
}

/** When the day after a day begins on the unit's wall. */
export const nextMidnight = (day: string, zone: string) =>
  midnight(dayOf(midnight(day, zone) + 1.5 * DAY_MS, zone), zone);

/** In order, the days on which something begins. */
export function byDay<T extends { starts_at: string }>(times: readonly T[], zone: string): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const time of times) {
    const day = dayOf(time.starts_at, zone);
    const same = days.get(day);
    if (same) same.push(time);
    else days.set(day, [time]);
  }
  return [...days];
}

/** Whether the device's clock shows another hour than the unit's now. */
export const differs = (zone: string, at = Date.now()) => {
  const hour = (timeZone?: string) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short", timeZone }).format(at);
  return hour(zone) !== hour();
};

const firstUp = (words: string) => words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);
