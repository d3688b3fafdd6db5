/** What a unit offers, as lines: each function with its phases. */
import { locale, t } from "../base/words";
import type { FunctionsSheet, ReadinessSheet } from "../wire";
import type { Made } from "./queue_lines";

export const FUNCTIONS = ["video_visit", "booking", "forms", "messages", "seek_care_chat", "home_follow_up"] as const;
export type Function = (typeof FUNCTIONS)[number];

/** The day before which nothing was dated: of what was there before. */
export const FROM_THE_FIRST = "2000-01-01";

export function functionLines(sheet: FunctionsSheet): Made[] {
  return FUNCTIONS.flatMap((one): Made[] => {
    const decided = sheet.functions?.[one];
    const phases = (decided?.phases ?? []).map(({ state, from_on }) => phaseWords(state, from_on)).join(", ");
    const text = decided?.closed_text ?? {};
    const told = [text.sv, text.nb, text.en].filter(Boolean).join(" · ");
    const name = t(`administration.function_${one}`);
    const lines: Made[] = [[`functions.${one}`, name, phases || t("administration.state_off")]];
    if (told) lines.push([`text.${one}`, t("administration.function_text", { name }), told]);
    return lines;
  });
}

export function phaseWords(state: "off" | "invited" | "on", from_on: string): string {
  const words = t(`administration.state_${state}`);
  if (from_on === FROM_THE_FIRST) return words;
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(`${from_on}T12:00:00`));
  return t("administration.state_from", { state: words, day });
}

export const READY_DAYS = ["test_visit_on", "safety_signed_on", "drill_on"] as const;

const day = (at: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(`${at}T12:00:00`));

/** Under what a member of staff is found among names. */
export const staffKey = (staff_id: string) => `staff:${staff_id}`;

/** People by name; by their ids only those who have left. */
export function readinessLines(sheet: ReadinessSheet, names: ReadonlyMap<string, string>): Made[] {
  const named = (who: string) => names.get(staffKey(who)) || who;
  const trained = Object.entries(sheet.trained ?? {});
  return [
    ["contact_persons", t("administration.contact_persons"), (sheet.contact_persons ?? []).map(named).join(", ")],
    ["trained", t("administration.trained"), trained.map(([who, at]) => `${named(who)} (${day(at)})`).join(", ")],
    ...READY_DAYS.map((one): Made => {
      const at = sheet[one];
      return [one, t(`administration.${one}`), at ? day(at) : ""];
    }),
  ];
}
