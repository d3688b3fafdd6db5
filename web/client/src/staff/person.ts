/** Whom a contact is about, in a few words: never a name. */
import { t } from "../base/words";
import type { Opened } from "../wire";

type About = Pick<Opened, "subject" | "age_y" | "age_m" | "sex">;

/** "54 y, woman", "8 months, boy · child". */
export function personWords({ subject, age_y, age_m, sex }: About): string {
  const about = [ageWords(age_y, age_m), sex && t(`staff.sex_${sex}`)].filter(Boolean).join(", ");
  return [about || t("staff.age_unknown"), subject !== "self" && t(`staff.subject_${subject}`)]
    .filter(Boolean)
    .join(" · ");
}

/** Small children are told in months: at that age a year is too coarse. */
function ageWords(years: number | null, months: number | null): string {
  if (years !== null && years >= 2) return t("staff.age_years", { n: years });
  const all = (years ?? 0) * 12 + (months ?? 0);
  if (months !== null) return t("staff.age_months", { n: all });
  return years === null ? "" : t("staff.age_years", { n: years });
}
