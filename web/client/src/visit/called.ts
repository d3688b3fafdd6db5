/** How somebody in a visit is called: by name, or by role and unit where a name is not shown. */
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import "./words";

export function called({ name, role, unit }: VisitMember): string {
  if (name) return name;
  return unit ? t("visit.role_at", { role: t(`visit.role_${role}`), unit }) : t(`visit.role_${role}`);
}

/** The same with the role after the name. */
export const calledWithRole = (member: VisitMember): string =>
  member.name ? `${member.name}, ${t(`visit.role_${member.role}`)}` : called(member);
