/** Why a contact goes where it goes and to whom, a sentence a step. Pure but for the language. */
import { languageWords } from "../base/language";
import { hasWords, t } from "../base/words";
import type { RouteStep } from "../wire";
import "./words";

/** Every step, in the order in which they were taken. */
export const routeWords = (steps: readonly RouteStep[]): string => steps.map(stepWords).join(" ");

function stepWords({ policy, outcome, unit_name, need }: RouteStep): string {
  const key = `route.${policy}_${outcome}`;
  return hasWords(key) ? t(key, { unit: unit_name, need: needWords(need) }) : "";
}

/** "somebody who speaks Arabic", "the skill child", "who knows the patient". */
export function needWords(need: string): string {
  const [kind = "", what = ""] = need.split(":");
  if (kind === "staff") return t("route.staff");
  if (kind === "lang") return t("route.lang", { what: languageWords(what) });
  return t("route.skill", { what });
}
