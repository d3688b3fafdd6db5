/** Care givers, units and staff as the desk names them. */
import { hasWords, t } from "../base/words";
import type { DirectoryMember, SheetChange, SheetValues } from "../wire";

export interface Subject {
  of: SheetChange["of"];
  of_id: string;
}

export function sheetWords(sheet: string): string {
  const key = `administration.sheet_${sheet}`;
  return hasWords(key) ? t(key) : sheet;
}

export const nameWords = (name: string) => name || t("administration.unnamed");

/** What something new begins with. */
export function blank(of: Subject["of"], provider_id: string): SheetValues {
  if (of === "provider") return { provider: { name: "", founded_by: provider_id } };
  return of === "unit"
    ? { unit: { name: "", kind: "gp", takes_chat: false, phone: "", provider_id } }
    : { staff: { name: "", protected: false, skills: [], languages: [], ends_on: null, provider_id } };
}

/** Whether somebody is found by what is typed: each word in their name, units, roles, skills or languages. */
export function fits(one: DirectoryMember, typed: string, role: (name: string) => string): boolean {
  const told = [
    one.name,
    ...one.roles.flatMap((held) => [held.unit, role(held.role)]),
    ...one.skills,
    ...one.languages,
  ];
  const text = told.join(" ").toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
