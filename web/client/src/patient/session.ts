/** Who is signed in, the line, and the contact that is open. Loads nothing before the first screen has painted. */
import { signal } from "@preact/signals";
import { del, get, post } from "../base/api";
import { type Connection, connect } from "../base/connection";
import { Refusal } from "../base/refusal";
import type { DemoPerson, Me, OwnContact } from "../wire";
import { Contact } from "./contact";
import { clearDraft, opening, prefill } from "./draft";
import { restart } from "./steps";

/** The contact this tab shows: an id only, never anything of what is in it. */
const SHOWN = "fyr-contact";
const ASK_AGAIN_MS = 3_000;

/** null = nobody, undefined = not known yet. */
export const me = signal<Me | null | undefined>(undefined);
export const contact = signal<Contact | null>(null);
export const earlier = signal<readonly OwnContact[]>([]);
/** The opening is on its way: nobody has seen it yet. */
export const opensNow = signal(false);
/** Why the server would not open it; the text is still there. */
export const notOpened = signal<string | null>(null);
/** A reload in the middle of a contact: shown as "fetching", not as the start. */
export const resuming = signal(sessionStorage.getItem(SHOWN) !== null);

let connection: Connection | null = null;

export function line(): Connection {
  connection ??= connect();
  return connection;
}

/** Asks who is signed in and takes up the open contact, if there is one; without a line, asks again until it knows. */
export async function startSession(): Promise<void> {
  const found = await get("/api/session").catch(nobody);
  if (found === undefined) {
    setTimeout(() => void startSession(), ASK_AGAIN_MS);
    return;
  }
  if (found?.kind === "patient") await signedIn(found);
  else me.value = null;
  resuming.value = false;
}

export const demoPeople = async (): Promise<DemoPerson[]> =>
  (await get("/api/demo/people")).filter((person) => person.kind === "patient");

export async function signIn(person: string): Promise<void> {
  const signed = await post("/api/session", { person });
  connection?.reconnect();
  await signedIn(signed);
}

/** Signs out; without a line one stays signed in, as the foot of the page says. */
export async function signOut(): Promise<void> {
  if (!(await del("/api/session").catch(() => null))) return;
  sessionStorage.removeItem(SHOWN);
  location.reload();
}

async function signedIn(signed: Me): Promise<void> {
  prefill(signed);
  me.value = signed;
  line();
  if (contact.value) return;
  const own = await ownContacts();
  const next = toResume(own, sessionStorage.getItem(SHOWN));
  if (next && !opensNow.value) take(next);
}

/** The patient's contacts; without a line none are shown, and nothing is lost by that. */
async function ownContacts(): Promise<readonly OwnContact[]> {
  const own = await get("/api/contacts").catch(() => []);
  earlier.value = own.filter((one) => one.status === "closed");
  return own;
}

/** Sends the opening until it is acknowledged; the same request twice opens one contact. */
export async function openContact(): Promise<void> {
  if (opensNow.value || contact.value) return;
  opensNow.value = true;
  notOpened.value = null;
  try {
    take((await line().insist("contact:open", opening())).contact_id);
    clearDraft();
  } catch (error) {
    notOpened.value = error instanceof Refusal ? error.code : "internal";
  }
  opensNow.value = false;
}

/** Follows a contact, open or closed. */
export function take(contactId: string): void {
  contact.value?.stop();
  contact.value = new Contact(contactId, line());
  sessionStorage.setItem(SHOWN, contactId);
  restart();
}

/** Back to the start, after a contact is closed. */
export function startOver(): void {
  contact.value?.stop();
  contact.value = null;
  sessionStorage.removeItem(SHOWN);
  clearDraft();
  restart();
  void ownContacts();
}

/** What a reload comes back to: what was shown, also closed; else the newest that is open. */
export function toResume(own: readonly OwnContact[], shown: string | null): string | null {
  const newest = [...own].sort((a, b) => b.opened_at.localeCompare(a.opened_at));
  const found = newest.find((one) => one.contact_id === shown) ?? newest.find((one) => one.status !== "closed");
  return found?.contact_id ?? null;
}

function nobody(error: unknown): null | undefined {
  return error instanceof Refusal && error.code === "not_signed_in" ? null : undefined;
}
