/** The sentence for a refusal's code: the workplace's own words first, then those of everyone. */
import { hasWords, t } from "../base/words";

export function refusalWords(code: string): string {
  for (const key of [`staff.error_${code}`, `base.error_${code}`]) {
    if (hasWords(key)) return t(key);
  }
  return t("base.error_other");
}
