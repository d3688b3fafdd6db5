/** Notes and questions between colleagues, read out of a contact's entries. Pure. */
import { beginning } from "../base/fold";
import type { ColleagueAsked, EntryView } from "../wire";

/** A question nobody has answered. */
export interface OpenQuestion {
  no: number;
  asked: ColleagueAsked;
}

export function openQuestions(entries: readonly EntryView[]): OpenQuestion[] {
  const answered = new Set(
    entries.flatMap(({ body }) => (body.kind === "colleague_answered" ? [body.question_no] : [])),
  );
  return entries.flatMap(({ no, body }) =>
    body.kind === "colleague_asked" && !answered.has(no) ? [{ no, asked: body }] : [],
  );
}

/** The beginning of what entry `no` says, to name it by; empty when it is not there. */
export function beginningOf(entries: readonly EntryView[], no: number): string {
  const body = entries.find((entry) => entry.no === no)?.body;
  return body && "text" in body ? beginning(body.text) : "";
}
