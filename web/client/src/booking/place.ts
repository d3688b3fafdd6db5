/** Where one is among the pages of booked times. The browser's back button leads to the page before; a reload to the first. */
import { signal } from "@preact/signals";
import type { FreeTime, OwnBooking } from "../wire";

/** A time somebody is about to take. */
export type Chosen = Pick<FreeTime, "schedule_id" | "type" | "starts_at" | "ends_at" | "clinician"> & {
  unit: string;
  zone: string;
  capacity: number;
  /** The booking that is moved there. */
  moves: OwnBooking | null;
  /** Until when it can be moved and cancelled; not known of a time that is offered. */
  until: string | null;
};

export type Place =
  | { at: "own" }
  | { at: "find"; moves: OwnBooking | null }
  | { at: "confirm"; chosen: Chosen }
  | { at: "done"; chosen: Chosen }
  | { at: "cancel"; booking: OwnBooking }
  | { at: "wish" };

const OWN: Place = { at: "own" };
export const place = signal<Place>(OWN);

/** Kept in the page and not in the browser's history, which outlives it: there lies a number only. */
let places: Place[] = [];

const deep = () => (history.state as { booking?: number } | null)?.booking ?? 0;

export function goTo(next: Place): void {
  places = [...places.slice(0, deep()), next];
  history.pushState({ ...history.state, booking: places.length }, "");
  place.value = next;
}

/** Goes on to a page from which back does not lead to this one again. */
export function goOnTo(next: Place): void {
  places = [...places.slice(0, deep() - 1), next];
  place.value = next;
}

/** To one's own times, however deep one is. */
export function goHome(): void {
  if (deep() > 0) history.go(-deep());
}

/** Follows the browser's back button; gives what ends that. */
export function followBack(): () => void {
  const popped = () => {
    place.value = places[deep() - 1] ?? OWN;
  };
  popped();
  addEventListener("popstate", popped);
  return () => removeEventListener("popstate", popped);
}
