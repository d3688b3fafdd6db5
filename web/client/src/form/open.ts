/** The forms of a contact that wait for answers, and what was saved of each. Pure. */
import type { EntryView, FormAssigned } from "../wire";
import type { Answers } from "./asked";

export interface OpenForm {
  assigned: FormAssigned;
  saved: Answers;
}

export function openForms(entries: readonly EntryView[]): OpenForm[] {
  const open = new Map<string, OpenForm>();
  for (const { body } of entries) {
    if (body.kind === "form_assigned") open.set(body.assignment_id, { assigned: body, saved: {} });
    if (body.kind === "form_submitted" || body.kind === "form_withdrawn") open.delete(body.assignment_id);
    const one = body.kind === "form_saved" && open.get(body.assignment_id);
    if (one && body.kind === "form_saved") one.saved = body.answers;
  }
  return [...open.values()];
}
