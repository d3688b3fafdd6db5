/** How far one has looked in each contact: numbers only, in this tab, until one signs out. */
import { signal } from "@preact/signals";

const KEPT = "fyr-looked";
const looked = signal<Readonly<Record<string, number>>>(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));

/** The newest entry that this member of staff has had on the screen; 0 for a contact they have not looked at. */
export const lookedTo = (staff_id: string, contact_id: string): number =>
  looked.value[`${staff_id} ${contact_id}`] ?? 0;

export function look(staff_id: string, contact_id: string, no: number): void {
  if (no <= lookedTo(staff_id, contact_id)) return;
  looked.value = { ...looked.value, [`${staff_id} ${contact_id}`]: no };
  sessionStorage.setItem(KEPT, JSON.stringify(looked.value));
}
