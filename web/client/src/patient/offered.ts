/** What the units offer where one is registered, or whom one stands for: asked when somebody is signed in. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get } from "../base/api";
import { Refusal } from "../base/refusal";
import type { UnitFunctions } from "../wire";
import { me } from "./session";

export type Offered = UnitFunctions["functions"][number];

/** Null: not known yet; then nothing is hidden, and the server says it when asked. */
export const offered = signal<readonly UnitFunctions[] | null>(null);

let asking: Promise<void> | null = null;

/** Two who ask at once are given one answer. */
export function askOffered(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<void> {
  offered.value = await get("/api/functions").catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
}

/** Whether there is anything to show of booked times: a unit where they are booked, or a time one has. */
export const hasTimes = (): boolean =>
  (offered.value ?? []).some((one) => one.booked || one.functions.includes("booking"));

/** Whether anybody here is followed at home. */
export const isFollowed = (): boolean => (offered.value ?? []).some((one) => one.followed);

/** How it stands with the services one was invited to: whether any waits for an answer, or any has had one. */
export function servicesNow(): UnitFunctions["services"] {
  const found = new Set((offered.value ?? []).map((one) => one.services));
  return (["waiting", "some"] as const).find((one) => found.has(one)) ?? "none";
}

/** The unit that does not offer it to this person (an id; null: oneself); null where it does, or nobody knows. */
export function lacking(person: string, asked: Offered): UnitFunctions | null {
  const unit = offered.value?.find((one) => one.persons.includes(person));
  return unit && !unit.functions.includes(asked) ? unit : null;
}

/** Asks once for each who signs in. */
export function useOffered(): void {
  const who = me.value?.id;
  useEffect(() => {
    if (who) void askOffered();
  }, [who]);
}
