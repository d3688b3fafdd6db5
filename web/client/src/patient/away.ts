/** What has happened since the patient was last here, read out of the conversation itself. Pure. */
import type { EntryView } from "../wire";

const AWAY_MS = 5 * 60_000;
const TOLD: readonly EntryView["body"]["kind"][] = [
  "claimed",
  "call_tried",
  "closed",
  "handed_back",
  "handed_over",
  "visit_started",
];

export interface Since {
  messages: number;
  /** What else there is to tell, in order. */
  events: readonly EntryView[];
}

/** Null when nothing has happened, or the patient was here just now. */
export function sinceLast(entries: readonly EntryView[], now: number): Since | null {
  const last = entries.findLast((entry) => entry.mine);
  if (!last || now - new Date(last.at).getTime() < AWAY_MS) return null;
  const news = entries.filter((entry) => entry.no > last.no);
  const messages = news.filter(({ body }) => body.kind === "message").length;
  const events = news.filter(({ body }) => TOLD.includes(body.kind));
  return messages + events.length > 0 ? { messages, events } : null;
}
