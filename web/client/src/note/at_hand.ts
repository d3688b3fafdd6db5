/** What of a contact's entries is an image, a document or a number. Pure. */
import type { Attached, EntryView } from "../wire";

export interface Measurement {
  no: number;
  at: string;
  wording: string;
  value: number;
}

/** Answers that are numbers, the newest first. */
export function measuredOf(entries: readonly EntryView[]): Measurement[] {
  const numbers = entries.flatMap(({ no, at, body }) =>
    body.kind === "answered" && typeof body.value === "number"
      ? [{ no, at, wording: body.wording, value: body.value }]
      : [],
  );
  return numbers.reverse();
}

/** Files that may be shown, the newest first: checked, and neither taken back nor erased since. */
export function filesOf(entries: readonly EntryView[]): (Attached & { no: number })[] {
  const shown = (attachment: string) => {
    const told = entries.findLast(({ body }) => body.kind === "attachment_told" && body.attachment === attachment);
    return told?.body.kind === "attachment_told" && told.body.state === "clean";
  };
  return entries
    .flatMap(({ no, body }) => (body.kind === "attached" && shown(body.attachment) ? [{ ...body, no }] : []))
    .reverse();
}
