/** An answer's value as it is said: yes and no, numbers with the decimal sign of the language. */
import { locale, t } from "../base/words";

export function valueWords(value: boolean | number | string): string {
  if (typeof value === "boolean") return value ? t("staff.yes") : t("staff.no");
  return typeof value === "number" ? value.toLocaleString(locale()) : value;
}
