/** What the units offer where one is registered, or whom one stands for: asked when somebody is signed in. */
import { signal } from "@preact/signals";
import { get } from "../base/api";
import { Refusal } from "../base/refusal";
import type { UnitFunctions } from "../wire";

export type Offered = UnitFunctions["functions"][number];

/** Null: not known yet; then nothing is hidden, and the server says it when asked. */
export const offered = signal<readonly UnitFunctions[] | null>(null);

export async function askOffered(): Promise<void> {
  offered.value = await get("/api/functions").catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
}

/** The unit that does not offer it to this person (an id; null: oneself); null where it does, or nobody knows. */
export function lacking(person: string, asked: Offered): UnitFunctions | null {
  const unit = offered.value?.find((one) => one.persons.includes(person));
  return unit && !unit.functions.includes(asked) ? unit : null;
}
