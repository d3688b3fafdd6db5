/** What signing in left behind: why it came to nothing, and what more must be proved to go on. */
import { signal } from "@preact/signals";
import type { Refusal } from "../base/refusal";

export const TROUBLES = ["unknown", "cancelled", "unreachable", "failed"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What must be proved, and where: `provider` is empty when nobody here can. */
export interface More {
  provider: string;
  level: string;
}

/** Set by a call that was refused because too little is known of who one is. */
export const more = signal<More | null>(null);
/** Why the sign-in one comes from came to nothing. */
export const trouble = signal<Trouble | null>(takeTrouble());

/** Read once and taken out of the address, so that a reload does not say it again. */
function takeTrouble(): Trouble | null {
  const told = new URLSearchParams(location.search).get("signin");
  if (told === null) return null;
  history.replaceState(history.state, "", location.pathname + location.hash);
  return TROUBLES.find((one) => one === told) ?? "failed";
}

/** Every refused call passes here. */
export function noteRefusal(refusal: Refusal): Refusal {
  if (refusal.code === "assurance_too_low") {
    const { provider = "", needed = "" } = refusal.data as { provider?: string; needed?: string };
    more.value = { provider, level: needed };
  }
  return refusal;
}

/** To the provider and back; what is typed and not sent is kept on this device meanwhile. */
export const addressOf = ({ provider, level }: More): string =>
  `/login/${encodeURIComponent(provider)}?anew=1&level=${encodeURIComponent(level)}`;
