/** What is newer than what has been on the screen: the send-guard's reckoning. Pure. */
import type { EntryView } from "../wire";

type Kind = EntryView["body"]["kind"];

/** Kinds the server counts as content: what must have been read before one answers, closes or lowers. */
const CONTENT: ReadonlySet<Kind> = new Set<Kind>([
  "opened",
  "message",
  "answered",
  "corrected",
  "amended",
  "noted",
  "colleague_asked",
  "colleague_answered",
  "urgency_set",
  "attached",
  "safety_net_given",
  "follow_up_opened",
  "follow_up_alarm",
]);

/** Content by others after entry `no`. */
export function newerThan(entries: readonly EntryView[], no: number): EntryView[] {
  return entries.filter((entry) => entry.no > no && !entry.mine && CONTENT.has(entry.body.kind));
}
