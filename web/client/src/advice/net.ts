/** How the newest safety net stands, from the entries of a contact. Pure. */
import type { EntryView, SafetyNetGiven } from "../wire";

export interface Net {
  no: number;
  body: SafetyNetGiven;
  /** When the patient confirmed it; null until then. */
  confirmed_at: string | null;
}

/** What is said to the other side, by words or otherwise. */
const TOLD = new Set<EntryView["body"]["kind"]>(["message", "amended", "answered", "corrected", "attached"]);

/** Whether anything was told after entry `no`: then confirming that net ends nothing, a person decides anew. */
export const toldSince = (entries: readonly EntryView[], no: number): boolean =>
  entries.some((entry) => entry.no > no && TOLD.has(entry.body.kind));

/** The newest one; null when none was given. */
export function netOf(entries: readonly EntryView[]): Net | null {
  const given = entries.findLast(({ body }) => body.kind === "safety_net_given");
  if (given?.body.kind !== "safety_net_given") return null;
  const { no } = given;
  const told = entries.find(({ body }) => body.kind === "safety_net_confirmed" && body.given_no === no);
  return { no, body: given.body, confirmed_at: told?.at ?? null };
}
