/** A sheet as lines, each with what it says: how it is read, and compared before and after a change. */
import { LEVELS, type Level } from "../base/urgency";
import { hasWords, locale, t } from "../base/words";
import "../letter/words";
import { roleWords } from "../staff/roles";
import type { LevelTimes, Opening, Promised, SheetValues } from "../wire";
import { functionLines, readinessLines } from "./function_lines";
import { handOverLines, lateLines, type Made, routingLines, templateLines } from "./queue_lines";

export { HELD_BACK } from "./queue_lines";

export interface Line {
  /** What is compared: the same in both. */
  key: string;
  label: string;
  text: string;
}

/** What names a line may tell: of units by their ids, of who works there by `staffKey`. */
export type Names = ReadonlyMap<string, string>;

export const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const TIMES = [
  "still_waiting_after_min",
  "unanswered_call_after_min",
  "question_after_min",
  "confirm_after_min",
  "told_after_min",
  "reminded_after_min",
  "call_after_min",
  "safety_net_after_min",
  "close_after_min",
  "attempts",
  "attempts_within_min",
  "reopen_within_min",
] as const satisfies readonly (keyof LevelTimes)[];

/** A code of the server's in words; itself where the catalogue does not know it. */
export function codeWords(kind: "low" | "fault" | "eve", code: string): string {
  const key = `administration.${kind}_${code}`;
  return hasWords(key) ? t(key) : code;
}

export const dayWords = (day: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(`${day}T12:00:00`));

const wallWords = (at: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));

const spansWords = (spans: readonly string[] | undefined) => spans?.join(", ") || t("administration.closed");
const yesNo = (value: boolean | undefined) => t(value ? "administration.yes" : "administration.no");
const levelWords = (level: Level) => t(`base.urgency_${level}`);

function promisedWords(one: Promised | null | undefined): string {
  if (!one) return "";
  const clock = t(one.round_the_clock ? "administration.clock_day" : "administration.clock_open");
  return t("administration.target_line", { target: one.target_min, grace: one.grace_min, clock });
}

/** Every line of the sheet of this name. */
export function linesOf(sheet: string, values: SheetValues, units: Names): Line[] {
  const made = MAKERS[sheet]?.(values, units) ?? [];
  return made.map(([key, label, text]) => ({ key, label, text: text || t("administration.none") }));
}

const MAKERS: Record<string, (values: SheetValues, units: Names) => Made[]> = {
  provider: ({ provider }) => (provider ? [["name", t("administration.name"), provider.name]] : []),
  unit: ({ unit }) =>
    unit
      ? [
          ["name", t("administration.name"), unit.name],
          ["kind", t("administration.kind"), t(`administration.kind_${unit.kind ?? "gp"}`)],
          ["takes_chat", t("administration.takes_chat"), yesNo(unit.takes_chat)],
          ["phone", t("administration.phone"), unit.phone ?? ""],
        ]
      : [],
  hours: ({ hours }) => (hours ? hoursLines(hours) : []),
  targets: ({ targets }) =>
    targets
      ? [
          ...LEVELS.map((level): Made => [level, levelWords(level), promisedWords(targets.levels[level])]),
          ["letter", t("letter.promise"), promisedWords(targets.letter)],
        ]
      : [],
  capacity: ({ capacity }) =>
    capacity
      ? [
          ["at_once", t("administration.at_once"), String(capacity.at_once)],
          ["with_immediate", t("administration.with_immediate"), String(capacity.with_immediate)],
        ]
      : [],
  routing: ({ routing }, units) => (routing ? routingLines(routing, units) : []),
  late: ({ late }, units) => (late ? lateLines(late, units) : []),
  hand_over: ({ hand_over }) => (hand_over ? handOverLines(hand_over) : []),
  templates: ({ templates }) => (templates ? templateLines(templates) : []),
  silence: ({ silence }) =>
    silence
      ? LEVELS.flatMap((level) =>
          TIMES.map((name): Made => {
            const label = `${levelWords(level)}: ${t(`administration.${name}`)}`;
            return [`${level}.${name}`, label, timesText(silence.levels[level]?.[name])];
          }),
        )
      : [],
  on_call: ({ on_call }) =>
    on_call
      ? [
          ["webhook", t("administration.webhook"), on_call.webhook ?? ""],
          ["sms", t("administration.sms"), on_call.sms ?? ""],
          [
            "outside_hours",
            t("administration.outside_hours"),
            t(`administration.outside_${on_call.outside_hours ?? "close"}`),
          ],
        ]
      : [],
  visits: ({ visits }) =>
    visits
      ? [
          ["relay_only", t("administration.relay_only"), yesNo(visits.relay_only)],
          ["captions", t("administration.captions"), yesNo(visits.captions)],
        ]
      : [],
  readiness: ({ readiness }, names) => (readiness ? readinessLines(readiness, names) : []),
  functions: ({ functions }) => (functions ? functionLines(functions) : []),
  staff: ({ staff }) =>
    staff
      ? [
          ["name", t("administration.name"), staff.name],
          ["protected", t("administration.protected"), yesNo(staff.protected)],
          ["skills", t("administration.skills"), (staff.skills ?? []).join(", ")],
          ["languages", t("administration.languages"), (staff.languages ?? []).join(", ")],
          ["ends_on", t("administration.ends_on"), staff.ends_on ? dayWords(staff.ends_on) : ""],
        ]
      : [],
  roles: ({ roles }, units) =>
    Object.entries(roles?.roles ?? {}).map(([unit, held]) => [
      unit,
      units.get(unit) ?? unit,
      held.map(roleWords).join(", "),
    ]),
  ways: ({ ways }) =>
    (ways?.ways ?? []).map((way) => [
      way.digest || `new ${way.shown}`,
      t(`administration.way_${way.kind}`),
      way.kind === "number" || !way.shown ? t("administration.way_unseen") : way.shown,
    ]),
};

export const timesText = (value: LevelTimes[keyof LevelTimes] | undefined) =>
  Array.isArray(value) ? value.join(", ") : value === null || value === undefined ? "" : String(value);

function hoursLines(hours: Opening): Made[] {
  const holidays = hours.holidays ? spansWords(hours.holidays) : t("administration.as_sunday");
  return [
    ...WEEK.map((day): Made => [`week.${day}`, t(`administration.day_${day}`), spansWords(hours.week[day])]),
    ["holidays", t("administration.holidays"), holidays],
    ...Object.entries(hours.eves ?? {}).map(
      ([eve, spans]): Made => [`eves.${eve}`, codeWords("eve", eve), spansWords(spans)],
    ),
    ...Object.entries(hours.days ?? {}).map(([day, spans]): Made => [`days.${day}`, dayWords(day), spansWords(spans)]),
    ...(hours.closed ?? []).map(
      (one): Made => [
        `closed.${one.begins}`,
        t("administration.closings"),
        `${wallWords(one.begins)} – ${wallWords(one.ends)}: ${[one.why, one.text?.sv, one.text?.nb, one.text?.en].filter(Boolean).join(" · ")}`,
      ],
    ),
    ["zone", t("administration.zone"), hours.zone],
  ];
}

export interface Changed {
  key: string;
  label: string;
  before: string;
  after: string;
}

/** The lines that say something else afterwards. */
export function changedLines(before: readonly Line[], after: readonly Line[]): Changed[] {
  const [was, is] = [before, after].map((lines) => new Map(lines.map((line) => [line.key, line])));
  const keys = [...new Set([...before, ...after].map((line) => line.key))];
  return keys
    .map((key) => ({
      key,
      label: (is?.get(key) ?? was?.get(key))?.label ?? key,
      before: was?.get(key)?.text ?? t("administration.none"),
      after: is?.get(key)?.text ?? t("administration.none"),
    }))
    .filter((line) => line.before !== line.after);
}

/** What is wrong, with where: "Måndag: stänger innan det öppnar". */
export function faultWords(fault: { code: string; where: string }, lines: readonly Line[]): string {
  const said = codeWords("fault", fault.code);
  const place = placeWords(fault.where, lines);
  return place ? `${place}: ${said}` : said;
}

function placeWords(where: string, lines: readonly Line[]): string {
  const [first = "", second = ""] = where.split(".");
  if (first === "closed") return t("administration.closing_n", { n: Number(second) + 1 });
  const exact = lines.find((line) => line.key === where) ?? lines.find((line) => line.key === first);
  const own = hasWords(`administration.${second || first}`)
    ? t(`administration.${second || first}` as "administration.name")
    : "";
  if (!exact) return own;
  return exact.key === where || !own ? exact.label : `${exact.label}, ${own}`;
}
