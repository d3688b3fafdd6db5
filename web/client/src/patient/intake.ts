/** Which screen of an open contact comes next: a function of what is known, so that a reload lands where one was. */
import type { ContactSummary } from "../wire";

export type Step = "fetching" | "reading" | "chips" | "ask" | "reach" | "talk";

export interface Known {
  status: ContactSummary["status"] | null;
  urgency: ContactSummary["urgency"] | null;
  /** How many chips the latest reading has; null before the first reading. */
  chips: number | null;
  corrected: boolean;
  waitedLong: boolean;
  openQuestions: number;
  reached: boolean;
  /** A visit is open: one is waited for there. */
  visit: boolean;
  /** It is a letter: nobody asks where one is, nor has one confirm what was understood. */
  letter: boolean;
}

/**
 * A held, closed or immediate contact is talked in at once: nothing stands between the patient and a human. Who has said
 * where they are has been through the opening: what is asked later is asked beside the conversation.
 */
export function nextStep(known: Known): Step {
  if (known.status === null) return "fetching";
  if (known.status !== "waiting" || known.urgency === "immediate" || known.reached || known.visit) return "talk";
  if (known.chips === null) return known.waitedLong ? afterReading(known) : "reading";
  if (known.chips > 0 && !known.corrected && !known.letter) return "chips";
  return afterReading(known);
}

function afterReading(known: Known): Step {
  if (known.openQuestions > 0) return "ask";
  return known.letter ? "talk" : "reach";
}
