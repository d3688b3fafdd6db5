/** How somebody in a visit is called: by name, or by role and unit where a name is not shown. */
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import { languageName } from "./languages";
import "./words";

export function called({ name, role, unit }: VisitMember): string {
  if (name) return name;
  return unit ? t("visit.role_at", { role: t(`visit.role_${role}`), unit }) : t(`visit.role_${role}`);
}

/** The same with the role after the name. */
export const calledWithRole = (member: VisitMember): string =>
  member.name ? `${member.name}, ${roleOf(member)}` : called(member);

/** An interpreter with their language: whoever hears them must know which. */
const roleOf = ({ role, lang }: VisitMember): string =>
  lang
    ? t("visit.role_with_language", { role: t(`visit.role_${role}`), language: languageName(lang) })
    : t(`visit.role_${role}`);
