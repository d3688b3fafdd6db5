/** Numbers, shares and moments as the lead's pages tell them. Pure but for the language. */
import { locale, t } from "../base/words";

/** "12"; a dash for what is not known. */
export const numberWords = (value: number | null, digits = 0): string =>
  value === null ? "–" : new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

/** "92 %". */
export const shareWords = (value: number | null): string =>
  value === null ? "–" : new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(value);

/** "14:05". */
export const timeWords = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/** "14", the hour alone, for an axis. */
export const hourOf = (at: string): string => String(new Date(at).getHours()).padStart(2, "0");

/** "Monday 14". */
export const hourWords = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/** "2 h 5 min" since a moment. */
export function sinceWords(at: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? t("lead.hours_minutes", { hours, minutes: minutes % 60 }) : t("lead.minutes", { n: minutes });
}

/** The days of the week from Monday. */
export const weekdays = (): string[] =>
  Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(
      new Date(Date.UTC(2024, 0, 1 + day)),
    ),
  );
