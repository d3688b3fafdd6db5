/**
 * What is chosen and on its way in one contact. What staff send lives in memory; the patient's page has a keeper, which
 * seals it on the device until it is taken. What was not kept goes on after a reload once the same file is chosen again.
 */
import { computed, signal } from "@preact/signals";
import { post } from "../base/api";
import { newId } from "../base/id";
import { mayResend, Refusal } from "../base/refusal";
import { lang } from "../base/words";
import { committed, pathOf, sendFrom, takeBack } from "./tus";

/** A file somebody has sent, whatever has become of it. */
export interface Sent {
  client_id: string;
  file: File;
  caption: string;
}

/** Keeps files on the device until the server has them. */
export interface Keeper {
  /** True once it lies there. */
  keep(contactId: string, sent: Sent): Promise<boolean>;
  drop(clientId: string): void;
}

export interface Item extends Sent {
  /** An address of the picture on this device, for a first look. */
  preview: string | null;
  state: "chosen" | "sending" | "line_gone" | "refused";
  /** Bytes that have left. */
  sent: number;
  /** Code of the refusal. */
  why: string | null;
  /** The id it has in the log, once it is announced. */
  attachment: string | null;
  /** True while it lies on this device too; false: it is lost with the page. */
  kept: boolean;
}

/** What staff write under; patients give nothing. */
export interface Under {
  claim_no?: number;
  seen_no?: number;
}

const RETRY_MS = 3_000;
const LARGEST_BYTES = 20 * 1024 * 1024;
const SHOWN = ["image/jpeg", "image/png", "image/webp", "image/gif"];
/** Without HEIC, so that iPhones give a JPEG. */
export const ACCEPTED = [...SHOWN, "application/pdf"].join(",");

export class Uploads {
  readonly items = signal<readonly Item[]>([]);
  private readonly aborts = new Map<string, AbortController>();

  constructor(private readonly contactId: string) {}

  choose(files: Iterable<File>): void {
    this.items.value = [...this.items.value, ...[...files].map(itemOf)];
  }

  say(id: string, caption: string): void {
    this.change(id, { caption });
  }

  /** Takes it out; what is on its way is taken back. */
  remove(id: string): void {
    const item = this.items.peek().find((one) => one.client_id === id);
    this.aborts.get(id)?.abort();
    if (item?.attachment) void takeBack(pathOf(this.contactId, item.attachment));
    this.drop(id);
  }

  /** Sends what is chosen, one after the other. */
  async send(under: () => Under): Promise<void> {
    for (const item of this.items.peek().filter((one) => one.state === "chosen")) {
      this.change(item.client_id, { state: "sending" });
      void this.keep(item);
    }
    for (const item of this.items.peek().filter((one) => one.state === "sending" && !this.aborts.has(one.client_id)))
      await this.run(item.client_id, under);
  }

  /** Sends one at once, and nothing else that is chosen: whoever made it has said that it shall go. Gives its id. */
  sendNow(file: File): string {
    const made = itemOf(file);
    const item: Item = made.state === "refused" ? made : { ...made, state: "sending" };
    this.items.value = [...this.items.peek(), item];
    if (item.state === "sending") {
      void this.keep(item);
      void this.run(item.client_id, () => ({}));
    }
    return item.client_id;
  }

  /** Goes on with what was sent before a reload. */
  restore(sent: readonly Sent[]): Promise<void> {
    const known = new Set(this.items.peek().map((item) => item.client_id));
    const back = sent.filter((one) => !known.has(one.client_id));
    const items = back.map((one): Item => ({ ...itemOf(one.file), ...one, state: "sending", kept: true }));
    this.items.value = [...this.items.peek(), ...items];
    return this.send(() => ({}));
  }

  /** The contact is no longer this patient's: nothing of it stays. */
  abandon(): void {
    for (const { client_id } of this.items.peek()) {
      this.aborts.get(client_id)?.abort();
      this.drop(client_id);
    }
  }

  async retry(id: string, under: () => Under): Promise<void> {
    this.change(id, { state: "sending", why: null });
    for (const item of this.items.peek()) if (item.client_id === id) void this.keep(item);
    await this.run(id, under);
  }

  /** Goes on with one that was announced before a reload. */
  async resume(file: File, attachment: string): Promise<void> {
    const item: Item = { ...itemOf(file), state: "sending", attachment };
    this.items.value = [...this.items.value, item];
    await this.run(item.client_id, () => ({}));
  }

  isOn(attachment: string): boolean {
    return this.items.value.some((item) => item.attachment === attachment);
  }

  private async run(id: string, under: () => Under): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(id, abort);
    while (this.has(id)) {
      const error = await this.attempt(id, under, abort.signal).catch((failure: unknown) => failure);
      if (!error) this.drop(id);
      else if (!(error instanceof Refusal) || abort.signal.aborted) break;
      else if (!mayResend(error)) {
        this.change(id, { state: "refused", why: error.code, kept: false });
        keeper?.drop(id);
        break;
      } else await this.pause(id);
    }
    this.aborts.delete(id);
  }

  private async attempt(id: string, under: () => Under, abort: AbortSignal): Promise<void> {
    const item = this.items.peek().find((one) => one.client_id === id);
    if (!item) return;
    const attachment = item.attachment ?? (await this.announce(item, under()));
    const path = pathOf(this.contactId, attachment);
    this.change(id, { attachment });
    if (abort.aborted) return takeBack(path); // taken out while it was announced: nobody else knows its id
    let offset = await committed(path);
    this.change(id, { attachment, state: "sending", sent: offset });
    while (offset < item.file.size) {
      const progress = (sent: number) => this.change(id, { sent });
      offset = await sendFrom({ path, file: item.file, offset, signal: abort, progress });
    }
  }

  private async announce(item: Item, under: Under): Promise<string> {
    const { name, size } = item.file;
    const said = { caption: item.caption, lang: lang.value };
    const body = { contact_id: this.contactId, client_id: item.client_id, name, size, ...said, ...under };
    return (await post("/api/attachments", body)).attachment;
  }

  private async pause(id: string): Promise<void> {
    this.change(id, { state: "line_gone" });
    await new Promise((later) => setTimeout(later, RETRY_MS));
  }

  private async keep(item: Item): Promise<void> {
    const kept = (await keeper?.keep(this.contactId, item)) ?? false;
    const stands = this.items
      .peek()
      .some(({ client_id, state }) => client_id === item.client_id && state !== "refused");
    if (stands) this.change(item.client_id, { kept });
    else keeper?.drop(item.client_id); // taken, or let go, while it was sealed
  }

  private has(id: string): boolean {
    return this.items.peek().some((item) => item.client_id === id);
  }

  private change(id: string, values: Partial<Item>): void {
    this.items.value = this.items.peek().map((item) => (item.client_id === id ? { ...item, ...values } : item));
  }

  private drop(id: string): void {
    const item = this.items.peek().find((one) => one.client_id === id);
    if (item?.preview) URL.revokeObjectURL(item.preview);
    keeper?.drop(id);
    this.items.value = this.items.peek().filter((one) => one.client_id !== id);
  }
}

/** What cannot be taken is told at once; the server judges again, by the content. */
function itemOf(file: File): Item {
  const why = file.size === 0 ? "empty" : file.size > LARGEST_BYTES ? "too_large" : null;
  const preview = SHOWN.includes(file.type) && !why ? URL.createObjectURL(file) : null;
  const state = why ? "refused" : "chosen";
  return { client_id: newId(), file, caption: "", preview, state, sent: 0, why, attachment: null, kept: false };
}

let keeper: Keeper | null = null;
/** From now on what is sent is kept on the device as well. */
export const keepWith = (chosen: Keeper) => {
  keeper = chosen;
};

const known = new Map<string, Uploads>();
const every = signal<readonly Uploads[]>([]);
/** Every file of every contact that is on its way. */
export const onTheirWay = computed(() =>
  every.value.flatMap((one) => one.items.value.filter(({ state }) => state === "sending" || state === "line_gone")),
);

/** The uploads of a contact, kept while other screens lie above. */
export function uploadsOf(contactId: string): Uploads {
  const found = known.get(contactId);
  if (found) return found;
  const made = new Uploads(contactId);
  known.set(contactId, made);
  queueMicrotask(() => {
    every.value = [...every.peek(), made]; // not while a screen that asks is being drawn
  });
  return made;
}
