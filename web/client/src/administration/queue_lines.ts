/** How the sheets of the queue, and the texts a unit has in common, are read line by line. */
import { LEVELS, type Level } from "../base/urgency";
import { t } from "../base/words";
import type { Answering, Competence, LateSheet, TemplatesSheet, UnitRouting } from "../wire";

export type Made = [key: string, label: string, text: string];
type Names = ReadonlyMap<string, string>;

/** Levels a need may hold back: an immediate contact needs nothing. */
export const HELD_BACK = LEVELS.filter((level) => level !== "immediate");
const levelWords = (level: Level) => t(`base.urgency_${level}`);
const minutes = (n: number | undefined) => t("administration.minutes", { n: n ?? "" });
const textOf = (text: Record<string, string> | undefined) => [text?.sv, text?.nb, text?.en].filter(Boolean).join(" · ");

export function routingLines(routing: UnitRouting, units: Names): Made[] {
  const named = (unit: string) => units.get(unit) ?? unit;
  const cap = routing.daily_cap ? String(routing.daily_cap) : t("administration.no_cap");
  return [
    ["municipality", t("administration.municipality"), routing.municipality ?? ""],
    ["hospital", t("administration.hospital"), routing.hospital ?? ""],
    ["languages", t("administration.unit_languages"), routing.languages.join(", ")],
    ["competence", t("administration.competence"), (routing.competence ?? []).map(competenceWords).join("; ")],
    ["overflow", t("administration.overflow"), (routing.overflow ?? []).map(named).join(", ")],
    ["daily_cap", t("administration.daily_cap"), cap],
    ["continuity_min", t("administration.continuity_min"), String(routing.continuity_min)],
    ["continuity_days", t("administration.continuity_days"), String(routing.continuity_days ?? 90)],
    ...(["language_min", "competence_min"] as const).flatMap((name) =>
      HELD_BACK.map((level): Made => {
        const label = `${t(`administration.${name}`)}, ${levelWords(level)}`;
        return [`${name}.${level}`, label, minutes(routing[name][level])];
      }),
    ),
    ["closed_text", t("administration.closed_text"), textOf(routing.closed_text)],
    ["full_text", t("administration.full_text"), textOf(routing.full_text)],
  ];
}

function competenceWords(one: Competence): string {
  const young =
    one.below_y === null || one.below_y === undefined ? [] : [t("administration.below", { n: one.below_y })];
  return [one.need.replace("skill:", ""), ...young, ...(one.service ? [one.service] : [])].join(", ");
}

export function lateLines(late: LateSheet, units: Names): Made[] {
  const other = late.stands_in ?? "";
  return [
    ...LEVELS.map((level): Made => {
      const times = late.levels[level];
      const values = { lead: times?.lead_after_min ?? "", next: times?.next_unit_after_min ?? "" };
      return [`levels.${level}`, levelWords(level), t("administration.late_line", values)];
    }),
    ["stands_in", t("administration.stands_in"), other ? (units.get(other) ?? other) : t("administration.nobody")],
  ];
}

export function handOverLines(times: Answering): Made[] {
  return [
    ...LEVELS.map((level): Made => [`answer_min.${level}`, levelWords(level), minutes(times.answer_min[level])]),
    ["beside_min", t("administration.beside_min"), String(times.beside_min)],
    ["then", t("administration.then"), t(`administration.then_${times.then}`)],
  ];
}

export function templateLines({ templates }: TemplatesSheet): Made[] {
  return Object.entries(templates ?? {}).map(([id, one]) => [
    `templates.${id}`,
    `${one.title} /${one.abbreviation} (${one.lang})`,
    [one.text, t("administration.read_again", { day: one.review_on }), one.owner_name].filter(Boolean).join(" · "),
  ]);
}
