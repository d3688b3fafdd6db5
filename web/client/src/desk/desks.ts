/** The desks somebody may work at, by their roles. The server asks again at every call. */
import { signal } from "@preact/signals";
import type { Me } from "../wire";

export type Desk =
  | "care"
  | "home"
  | "lead"
  | "review"
  | "sharing"
  | "audit"
  | "content"
  | "register"
  | "directory"
  | "times";

/** Roles that review what was read wrongly. The server asks again. */
export const REVIEWERS: readonly string[] = ["clinician"];

/** Roles that care for patients. */
export const OF_CARE: readonly string[] = ["nurse", "clinician"];

const DESKS: Record<Desk, readonly string[]> = {
  care: OF_CARE,
  home: OF_CARE,
  review: REVIEWERS,
  times: [...OF_CARE, "unit_lead"],
  lead: ["unit_lead"],
  sharing: ["unit_lead"],
  audit: ["auditor"],
  content: ["administrator"],
  register: ["administrator"],
  directory: ["administrator"],
};
const ALL: readonly Desk[] = [
  "care",
  "home",
  "lead",
  "times",
  "review",
  "sharing",
  "audit",
  "content",
  "register",
  "directory",
];

/** In the order in which they are offered; somebody without any of these roles has the first, which is then empty. */
export function desksOf(me: Me): readonly Desk[] {
  const held = new Set(me.roles.map((one) => one.role));
  const follows = me.roles.some(({ role, follows_at_home }) => follows_at_home && OF_CARE.includes(role));
  const found = ALL.filter((desk) => DESKS[desk].some((role) => held.has(role)) && (desk !== "home" || follows));
  return found.length > 0 ? found : ["care"];
}

/** The desk one sits at. */
export const desk = signal<Desk>("care");

/** A contact that another desk leads to; opened at the desk of care, which asks for it like for any other. */
export const wanted = signal<string | null>(null);

export function openAtCare(contact_id: string): void {
  wanted.value = contact_id;
  desk.value = "care";
}
