/** How it stands at the unit where one's contact would go: asked before one writes, and again when the line is back. */
import { signal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import type { UnitNow } from "../wire";
import { forPerson, service } from "./draft";
import { line } from "./session";

export const unitNow = signal<UnitNow | null>(null);

export async function askUnitNow(): Promise<void> {
  const asked = { unit_id: "", for_person: forPerson.value ?? "", service: service.value };
  unitNow.value = await line().call("duty:ask", asked).catch(nothing);
}

/** Without an answer nothing is said: what one writes is kept and sent all the same. */
function nothing(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
