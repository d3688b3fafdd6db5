/** What is typed and not sent survives a reload: kept sealed a moment after the last key, taken back after sign-in. */
import { effect, signal } from "@preact/signals";
import { writing } from "./Composer";
import type { Contact } from "./contact";
import { anythingTyped, type KeptOpening, restore, snapshot } from "./draft";
import type { Outbox } from "./outbox";
import { canSeal } from "./seal";

const OPENING = "opening";
const messageIn = (contactId: string) => `message:${contactId}`;
const PAUSE_MS = 300;

/** True while something typed lies nowhere but in this page: the browser asks before it is thrown away. */
export const onlyHere = signal(false);

/** Nothing is kept before what was kept has been read: else an empty field would delete it. */
const reading = signal(true);
/** The contact whose field is on the screen. */
let field = "";
let outbox: Outbox | null = null;
let pending: (() => Promise<void>) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to keep what is typed; `contact` is the one on the screen. */
export function keepTyped(into: Outbox, contact: { readonly value: Contact | null }): void {
  outbox = into;
  effect(() => {
    const place = contact.value ? messageIn(contact.value.id) : OPENING;
    const typed = contact.value ? writing.value.trim() && writing.value : anythingTyped.value && snapshot();
    if (!reading.value) later(place, typed || null);
    else onlyHere.value = typed !== false && typed !== "";
  });
  addEventListener("pagehide", () => void flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void flush());
}

function later(place: string, value: unknown): void {
  clearTimeout(timer);
  onlyHere.value = value !== null;
  pending = async () => {
    const kept = await outbox?.keepDraft(place, value);
    if (kept) onlyHere.value = false;
  };
  // What was sent must not stand there as if it were not when the page is loaded anew.
  if (value === null) void flush();
  else timer = setTimeout(() => void flush(), PAUSE_MS);
}

/** Keeps now what would be kept in a moment. */
export async function flush(): Promise<void> {
  const keep = pending;
  pending = null;
  await keep?.();
}

/** Takes back what was typed before a contact was opened. True when there was something. */
export async function takeBackOpening(): Promise<boolean> {
  const kept = (await outbox?.draft(OPENING)) as KeptOpening | undefined;
  if (!kept || anythingTyped.value) return false;
  restore(kept);
  return true;
}

/** Before another contact comes on the screen: what is typed belongs to this one. */
export function leaveField(): void {
  void flush();
  field = "";
  reading.value = true;
  writing.value = "";
}

/** What was typed in a contact's field before. Without the key yet, it is asked for again once there is one. */
export async function fillField(contactId: string): Promise<void> {
  field = contactId;
  if (canSeal() && !outbox?.unlocked) return;
  const kept = await outbox?.draft(messageIn(contactId));
  if (field !== contactId) return; // another came on the screen meanwhile
  if (typeof kept === "string" && writing.value === "") writing.value = kept;
  reading.value = false;
}

/** Access to a contact has ended: what was typed in it is kept nowhere. True when there was something. */
export function dropField(contactId: string): boolean {
  const typed = writing.value.trim() !== "";
  writing.value = "";
  void outbox?.keepDraft(messageIn(contactId), null);
  return typed;
}

/** The opening was sent: nothing of it is typed any more. */
export const dropOpening = () => outbox?.keepDraft(OPENING, null);

export function startKeeping(): void {
  reading.value = false;
}

/** Signing out: nothing more is kept, and nothing asked. */
export function stopKeeping(): void {
  clearTimeout(timer);
  pending = null;
  reading.value = true;
  onlyHere.value = false;
}
