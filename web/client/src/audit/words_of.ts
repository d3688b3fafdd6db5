/** What an auditor reads of a look, in words; what the catalogue does not know is shown as the service named it. */
import { hasWords, type Key, locale, t } from "../base/words";
import { roleWords } from "../staff/roles";
import type { AuditedLook } from "../wire";
import "./words";

const ACTIONS: Record<string, Key> = {
  "contact:follow": "audit.did_contact_follow",
  "GET /api/contacts/{contact_id}": "audit.did_contact_read",
  "board:follow": "audit.did_board",
  "person:find": "audit.did_find",
  "reach:show": "audit.did_reach",
  "GET /api/contacts/{contact_id}/transcript.pdf": "audit.did_transcript",
  "GET /fhir/Communication": "audit.did_transcript",
  "GET /api/attachments/{contact_id}/{attachment_id}": "audit.did_attachment",
  "template:list": "audit.did_templates",
  "colleague:list": "audit.did_colleagues",
  "queue:claim_next": "audit.did_claim_next",
  "access:list": "audit.did_doors",
  "access:shares": "audit.did_shares",
  "access:open": "audit.did_door",
  "audit:search": "audit.did_audit",
  "GET /fhir/AuditEvent": "audit.did_audit",
  "audit:show": "audit.did_audit_show",
  "GET /api/session": "audit.did_session",
  "POST /api/session": "audit.did_session",
};

export const didWords = (action: string): string => {
  const key = ACTIONS[action];
  return key ? t(key) : action;
};

const named = (area: string, name: string): string => {
  const key = `audit.${area}_${name}`;
  return hasWords(key) ? t(key) : name;
};

export const basisWords = (basis: string) => named("basis", basis);
export const stratumWords = (stratum: string) => named("stratum", stratum);
export const purposeWords = (purpose: string) => named("purpose", purpose);

export function whoWords({ staff_id, name, role }: AuditedLook): string {
  const named = name || (staff_id && `${staff_id} (${t("audit.nameless")})`);
  return [named, role && roleWords(role)].filter(Boolean).join(", ");
}

export const dayWords = (at: string) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(at));

/** The first moment of a day where the reader is, and the first after it; empty for no day. */
export const beginOf = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : "");
export const endOf = (day: string) => {
  if (!day) return "";
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
};

/** The day so many days from now, as a date field writes it. */
export const dayIn = (days: number) => {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.toLocaleDateString("sv-SE");
};
