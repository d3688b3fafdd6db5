/**
 * Whose guest one is. The link's secret stands behind the `#` of the address, which browsers send to no server; it is
 * taken out of the address once it has been used up. What lets one in afterwards is a cookie no script can read.
 */
import { signal } from "@preact/signals";
import { del, get, post } from "../base/api";
import { type Connection, connect } from "../base/connection";
import { Refusal } from "../base/refusal";
import type { AsGuest, VisitSummary } from "../wire";

export type Screen = "fetching" | "link" | "no_link" | "visit" | "over";

export const screen = signal<Screen>("fetching");
export const guest = signal<AsGuest | null>(null);
/** The visit as the server last told it; null once it is over for this guest. */
export const visit = signal<VisitSummary | null>(null);
/** The code of the last refusal. */
export const trouble = signal<string | null>(null);
let connection: Connection | null = null;

/** The line; there is one from the moment one is a guest. */
export function line(): Connection {
  connection ??= connect({ as: "guest" });
  return connection;
}

/** A page loaded anew in the visit goes on where it was; a link that has not been opened yet comes first. */
export async function resume(): Promise<void> {
  if (screen.value === "visit") return;
  if (secret()) {
    screen.value = "link";
    return;
  }
  const found = await get("/api/guest").catch(() => null);
  if (found) come(found);
  else screen.value = "no_link";
}

/** Opens the link, which can be done once. */
export async function open(code: string, name: string): Promise<void> {
  trouble.value = null;
  const answer = await post("/api/guest", { token: secret(), code, name }).catch(keepRefusal);
  if (answer instanceof Refusal) trouble.value = answer.code;
  else come(answer);
}

/** One leaves for good: to come back one must be invited again. */
export async function leave(): Promise<void> {
  end();
  await del("/api/guest").catch(keepRefusal); // the server sees the page go anyway
}

function come(as: AsGuest): void {
  history.replaceState(null, "", location.pathname);
  guest.value = as;
  visit.value = as.visit;
  screen.value = "visit";
  line().on("visit", ({ visit: now }) => {
    visit.value = now;
    if (!now) end();
  });
  line().refused.subscribe((code) => {
    if (code === "not_signed_in") end();
  });
}

function end(): void {
  screen.value = "over";
  connection?.close();
}

const secret = (): string => location.hash.slice(1);

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
