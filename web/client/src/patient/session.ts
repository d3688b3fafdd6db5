/** Who is signed in, the line, and the contact that is open. Loads nothing before the first screen has painted. */
import { computed, effect, signal } from "@preact/signals";
import { keepWith, uploadsOf } from "../attachment/uploads";
import { del, get, post } from "../base/api";
import { type Connection, connect } from "../base/connection";
import { Refusal, UNREACHABLE } from "../base/refusal";
import { own } from "../followup/own";
import { isQuiet } from "../letter/own";
import type { Committed, DemoPerson, Me, OpenContact, OwnContact, OwnFollowUps, SignedOut } from "../wire";
import { Contact } from "./contact";
import { anythingTyped, clearDraft, opening, prefill, renewId, restoreSent } from "./draft";
import { openFileShelf } from "./file_shelf";
import { KeptFiles } from "./kept_files";
import { contactOf, Outbox, type Send, type Unsent } from "./outbox";
import { unsubscribe } from "./push";
import { canSeal, type Seal } from "./seal";
import { openShelf } from "./shelf";
import { go, restart } from "./steps";
import { BrowserTabs } from "./tabs";
import {
  dropField,
  dropOpening,
  fillField,
  keepTyped,
  leaveField,
  startKeeping,
  stopKeeping,
  takeBackOpening,
} from "./typed";
import { ownSeal } from "./unlock";

/** The contact this tab shows: an id only, never anything of what is in it. */
const SHOWN = "fyr-contact";
const ASK_AGAIN_MS = 3_000;
const RESUMED_WITHIN_MS = 3_000;
const EXPIRE_EVERY_MS = 60_000;

/** null = nobody, undefined = not known yet. */
export const me = signal<Me | null | undefined>(undefined);
export const contact = signal<Contact | null>(null);
export const earlier = signal<readonly OwnContact[]>([]);
/** One's letters that are not closed. */
export const letters = signal<readonly OwnContact[]>([]);
/** Whether a contact goes on is being asked, after a reload or a sign-in: shown as "fetching", not as the start. */
export const resuming = signal(sessionStorage.getItem(SHOWN) !== null);
/** Signing out did not reach the server: one is still signed in. */
export const signOutFailed = signal(false);

let connection: Connection | null = null;
/** The id of who has written in this page; someone else begins with an empty one. */
let writer: string | null = null;
/** The session's cookie has been seen to be the writer's since the line came up. */
let checked = false;

const shelf = openShelf();
const tabs = new BrowserTabs();
export const outbox = new Outbox({ shelf, tabs, send, delivered, now: () => Date.now() });
export const files = new KeptFiles(openFileShelf(), () => Date.now());
keepWith(files);

/** The message that opens a contact, while it is on its way. */
const openingItem = computed(() => outbox.unsent.value.find((item) => item.name === "contact:open") ?? null);
/** The opening is on its way: nobody has seen it yet. */
export const opensNow = computed(() => openingItem.value !== null && openingItem.value.refused === null);
/** Why the server would not open it; the text is still there. */
export const notOpened = computed(() => openingItem.value?.refused ?? null);

export function line(): Connection {
  if (!connection) {
    connection = connect();
    connection.on("access_ended", ({ contact_id }) => accessEnded(contact_id));
    connection.onUp(() => {
      checked = false;
      void outbox.work();
    });
  }
  return connection;
}

/** Counts what waits on this device, asks who is signed in, and takes up the open contact, if there is one. */
export async function startSession(): Promise<void> {
  tabs.onTold((what) => what === "gone" && leave());
  keepTyped(outbox, contact);
  setInterval(expire, EXPIRE_EVERY_MS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && expire());
  await Promise.all([outbox.start(), files.expire(), askWho()]);
}

function expire(): void {
  void outbox.expire();
  void files.expire();
}

/** Without a line, asks again until it knows. */
async function askWho(): Promise<void> {
  const found = await get("/api/session").catch(nobody);
  if (found === undefined) {
    setTimeout(() => void askWho(), ASK_AGAIN_MS);
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

/** Signs out and empties this device; without a line one stays signed in, and is told so. */
export async function signOut(): Promise<void> {
  let elsewhere = "";
  const told = ({ url }: SignedOut) => {
    elsewhere = url;
    return true;
  };
  const over = await del("/api/session").then(told, isOver);
  signOutFailed.value = !over;
  if (!over) return;
  await Promise.all([outbox.empty(), files.empty(), unsubscribe()]);
  leave(elsewhere);
}

/** Nothing of who was here stays in the page. */
function leave(elsewhere = ""): void {
  stopKeeping();
  outbox.unsent.value = [];
  sessionStorage.removeItem(SHOWN);
  if (elsewhere) location.replace(elsewhere);
  else location.reload();
}

async function signedIn(signed: Me): Promise<void> {
  writer ??= signed.id;
  if (writer !== signed.id) return leave();
  prefill(signed);
  resuming.value = !contact.value;
  me.value = signed;
  line();
  if (contact.value) return unlock();
  await resume();
}

/** No page is shown to be taken away again by a contact that goes on; on a slow line one begins meanwhile. */
async function resume(): Promise<void> {
  const late = setTimeout(resumed, RESUMED_WITHIN_MS);
  try {
    const [own] = await Promise.all([ownContacts(), unlock()]);
    await takeUp(own);
  } finally {
    clearTimeout(late);
    resumed();
  }
}

function resumed(): void {
  resuming.value = false;
}

/** With the key, what waits on this device is read and sent; without an answer it is asked for again. */
async function unlock(): Promise<void> {
  if (!canSeal()) return startKeeping();
  const seal = await ownSeal(await shelf, tabs);
  if (!seal) {
    setTimeout(() => void unlock().then(takeUpTyped), ASK_AGAIN_MS);
    return;
  }
  await outbox.unlock(seal);
  void sendKept(seal);
  if (contact.value) await fillField(contact.value.id);
}

/** Files from before a reload go on, whichever contact is on the screen. */
async function sendKept(seal: Seal): Promise<void> {
  for (const [contactId, sent] of await files.unlock(seal)) void uploadsOf(contactId).restore(sent);
}

/** Where one was: an opening on its way, the contact that was shown, or what was typed. */
async function takeUp(own: readonly OwnContact[]): Promise<void> {
  if (contact.value) return;
  const waiting = openingItem.value;
  if (waiting) {
    restoreSent(waiting.request as OpenContact);
    go("words");
    startKeeping();
    return;
  }
  const next = toResume(own, sessionStorage.getItem(SHOWN));
  if (next) return take(next);
  if (await takeBackOpening()) go("words");
  if (outbox.unlocked) startKeeping();
}

/** The key came late: an opening or a text from before is taken up unless the patient has gone on. */
async function takeUpTyped(): Promise<void> {
  if (outbox.unlocked && !contact.value && !anythingTyped.value) await takeUp(await ownContacts());
}

/** The patient's contacts; without a line none are shown, and nothing is lost by that. */
async function ownContacts(): Promise<readonly OwnContact[]> {
  const own = await get("/api/contacts").catch(() => []);
  earlier.value = own.filter((one) => one.status === "closed");
  letters.value = own.filter((one) => one.letter && one.status !== "closed");
  return own;
}

/** Puts the opening among what is sent; the same request twice opens one contact. */
export function openContact(): void {
  if (opensNow.value || contact.value) return;
  const refused = openingItem.value;
  if (refused) renewId();
  outbox.put("contact:open", opening());
  if (refused) outbox.remove(refused.client_id);
}

/** Another tab sent the opening: it is taken up here as well. */
let hadOpening = false;
effect(() => {
  const has = openingItem.value !== null;
  if (hadOpening && !has && !contact.peek()) void ownContacts().then(takeUp);
  hadOpening = has;
});

function send(...[name, request]: Parameters<Send>): Promise<unknown> {
  if (line().line.value === "down") return Promise.reject(new Refusal(UNREACHABLE));
  return sameWriter().then(() => line().call(name, request));
}

/** Another tab may have signed someone else in meanwhile: nobody's words go out under another's name. */
async function sameWriter(): Promise<void> {
  if (checked) return;
  const { id } = await get("/api/session");
  if (id !== writer) leave();
  if (id !== writer) throw new Refusal(UNREACHABLE);
  checked = true;
}

function delivered(item: Unsent, answer: unknown): void {
  if (item.name === "followup:tell") {
    own.value = answer as OwnFollowUps;
    return;
  }
  const { contact_id, no } = answer as Committed;
  if (item.name === "contact:open") {
    if (!contact.value) take(contact_id); // another tab's, sent by this one: that tab takes it up
    clearDraft();
    void dropOpening();
  } else if (contact.value?.id === contact_id) contact.value.acknowledged(no);
}

/** The patient may see it no more: it leaves the page, and what was written in it and not sent leaves the device. */
function accessEnded(contactId: string): void {
  const waiting = outbox.unsent.value.filter((item) => contactOf(item) === contactId);
  for (const { client_id } of waiting) outbox.remove(client_id);
  const chosen = uploadsOf(contactId).items.peek().length;
  uploadsOf(contactId).abandon();
  if (contact.value?.id !== contactId) return;
  const typed = dropField(contactId);
  contact.value.forget(typed || waiting.length + chosen > 0);
}

/** Follows a contact, open or closed. */
export function take(contactId: string): void {
  leaveField();
  contact.value?.stop();
  contact.value = new Contact(contactId, line(), outbox.forContact(contactId));
  sessionStorage.setItem(SHOWN, contactId);
  restart();
  void fillField(contactId);
}

/** Back to the start, after a contact is closed. */
export function startOver(): void {
  leaveField();
  contact.value?.stop();
  contact.value = null;
  sessionStorage.removeItem(SHOWN);
  clearDraft();
  restart();
  startKeeping();
  void ownContacts();
}

/** What a reload comes back to: what was shown, also closed; else the newest that is open and no letter that may wait. */
export function toResume(own: readonly OwnContact[], shown: string | null): string | null {
  const newest = [...own].sort((a, b) => b.opened_at.localeCompare(a.opened_at));
  const found =
    newest.find((one) => one.contact_id === shown) ?? newest.find((one) => one.status !== "closed" && !isQuiet(one));
  return found?.contact_id ?? null;
}

function nobody(error: unknown): null | undefined {
  return error instanceof Refusal && error.code === "not_signed_in" ? null : undefined;
}

/** The session had ended by itself: as good as signed out. */
const isOver = (error: unknown) => error instanceof Refusal && error.code === "not_signed_in";
