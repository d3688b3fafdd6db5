/** A schedule as lines to read, and its hours as they are typed and read back. Pure. */
import { t } from "../base/words";
import type { OfferedTimes } from "../wire";

export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

type Windows = OfferedTimes["windows"];
type Span = { from_min: number; until_min: number };

const HOUR_MIN = 60;
const DAY_MIN = 24 * HOUR_MIN;
const SPAN = /^(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const clockWords = (min: number) =>
  `${String(Math.floor(min / HOUR_MIN)).padStart(2, "0")}:${String(min % HOUR_MIN).padStart(2, "0")}`;

const spanText = ({ from_min, until_min }: Span) => `${clockWords(from_min)}-${clockWords(until_min)}`;

/** What is offered, a line each. */
export function linesOf(schedule: OfferedTimes): string[] {
  const { length_min, pause_min = 0, capacity = 1, absences = [], extras = [], staff_only } = schedule;
  const about = [
    t("times.schedule_length", { n: length_min }),
    pause_min > 0 && t("times.schedule_pause", { n: pause_min }),
    capacity > 1 && t("times.schedule_group", { n: capacity }),
    staff_only && t("times.schedule_staff_only"),
  ];
  return [
    t("times.schedule_days", { from: schedule.from_day, until: schedule.until_day }),
    about.filter(Boolean).join(", "),
    ...WEEK.filter((day) => typedWeek(schedule.windows, day)).map(
      (day) => `${t(`times.weekday_${day}`)} ${typedWeek(schedule.windows, day)}`,
    ),
    ...absences.map((one) => t("times.schedule_away", { from: one.from_day, until: one.until_day })),
    ...extras.map((one) =>
      t("times.schedule_extra", { day: one.day, from: clockWords(one.from_min), until: clockWords(one.until_min) }),
    ),
  ];
}

/** The hours of a weekday as they are typed. */
export const typedWeek = (windows: Windows, weekday: number) =>
  windows
    .filter((one) => one.weekday === weekday)
    .map(spanText)
    .join(", ");

export const typedAway = (absences: OfferedTimes["absences"] = []) =>
  absences.map((one) => `${one.from_day}/${one.until_day}`).join("\n");

export const typedExtras = (extras: OfferedTimes["extras"] = []) =>
  extras.map((one) => `${one.day} ${spanText(one)}`).join("\n");

/** Read back; what cannot be read is named, and never left out. */
export function readSpan(text: string): Span {
  const found = SPAN.exec(text.trim());
  const [fromHour, fromMin, untilHour, untilMin] = (found ?? []).slice(1).map(Number);
  const from_min = (fromHour ?? Number.NaN) * HOUR_MIN + (fromMin ?? 0);
  const until_min = (untilHour ?? Number.NaN) * HOUR_MIN + (untilMin ?? 0);
  const fits = (fromMin ?? 0) < HOUR_MIN && (untilMin ?? 0) < HOUR_MIN && until_min <= DAY_MIN;
  if (!Number.isFinite(from_min + until_min) || !fits) throw new UnreadableError(text);
  return { from_min, until_min };
}

export const readWeek = (typed: Readonly<Record<number, string>>): Windows =>
  WEEK.flatMap((weekday) => parts(typed[weekday] ?? "", /[,;]/).map((one) => ({ weekday, ...readSpan(one) })));

export const readAway = (text: string) =>
  parts(text, /[\n,]/).map((line) => {
    const [from_day = "", until_day = from_day] = parts(line, /\//);
    if (!DAY.test(from_day) || !DAY.test(until_day)) throw new UnreadableError(line);
    return { from_day, until_day };
  });

export const readExtras = (text: string) =>
  parts(text, /[\n,]/).map((line) => {
    const [day = "", ...rest] = line.split(/\s+/);
    if (!DAY.test(day)) throw new UnreadableError(line);
    return { day, ...readSpan(rest.join("")) };
  });

/** What somebody typed that means nothing here. */
export class UnreadableError extends Error {
  constructor(readonly what: string) {
    super("unreadable");
    this.name = "UnreadableError";
  }
}

const parts = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((one) => one.trim())
    .filter(Boolean);
