/** Showing an entry of the open contact in the conversation: it gets the focus, so that a screen reader reads it. */
import type { Workplace } from "../staff/workplace";

/** The entry, or the nearest before it that is on the screen: one that says the same is told once. */
export function showEntry(workplace: Pick<Workplace, "pane">, no: number): void {
  workplace.pane.value = "conversation";
  setTimeout(() => {
    const entry = nearest(no);
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  });
}

function nearest(no: number): HTMLElement | null {
  for (let at = no; at > 0; at--) {
    const entry = document.getElementById(`entry-${at}`);
    if (entry) return entry;
  }
  return null;
}
