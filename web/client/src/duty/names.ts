/** Who is on duty, in words. Pure but for the language. */
import { locale, t } from "../base/words";
import type { DutyOf } from "../wire";

/** "Sara Lind and Jonas Ek (pauses)"; who has no line any more is not named. */
export function namesOf(staff: readonly DutyOf[]): string {
  const names = staff.filter(({ reached }) => reached).map(nameOf);
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(names);
}

function nameOf({ name, standing }: DutyOf): string {
  const shown = name || t("duty.a_colleague");
  if (standing === "paused") return t("duty.pauses", { name: shown });
  return standing === "finishing" ? t("duty.finishes", { name: shown }) : shown;
}
