/**
 * What is chosen and on its way in one contact. Files live in memory only: nothing of them is written to the device.
 * After a reload the same file is chosen again and goes on where it stood.
 */
import { signal } from "@preact/signals";
import { post } from "../base/api";
import { newId } from "../base/id";
import { mayResend, Refusal } from "../base/refusal";
import { lang } from "../base/words";
import { committed, pathOf, sendFrom, takeBack } from "./tus";

export interface Item {
  client_id: string;
  file: File;
  caption: string;
  /** An address of the picture on this device, for a first look. */
  preview: string | null;
  state: "chosen" | "sending" | "line_gone" | "refused";
  /** Bytes that have left. */
  sent: number;
  /** Code of the refusal. */
  why: string | null;
  /** The id it has in the log, once it is announced. */
  attachment: string | null;
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
    }
    for (const item of this.items.peek().filter((one) => one.state === "sending" && !this.aborts.has(one.client_id)))
      await this.run(item.client_id, under);
  }

  async retry(id: string, under: () => Under): Promise<void> {
    this.change(id, { state: "sending", why: null });
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
        this.change(id, { state: "refused", why: error.code });
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

  private has(id: string): boolean {
    return this.items.peek().some((item) => item.client_id === id);
  }

  private change(id: string, values: Partial<Item>): void {
    this.items.value = this.items.peek().map((item) => (item.client_id === id ? { ...item, ...values } : item));
  }

  private drop(id: string): void {
    const item = this.items.peek().find((one) => one.client_id === id);
    if (item?.preview) URL.revokeObjectURL(item.preview);
    this.items.value = this.items.peek().filter((one) => one.client_id !== id);
  }
}

/** What cannot be taken is told at once; the server judges again, by the content. */
function itemOf(file: File): Item {
  const why = file.size === 0 ? "empty" : file.size > LARGEST_BYTES ? "too_large" : null;
  const preview = SHOWN.includes(file.type) && !why ? URL.createObjectURL(file) : null;
  const state = why ? "refused" : "chosen";
  return { client_id: newId(), file, caption: "", preview, state, sent: 0, why, attachment: null };
}

const known = new Map<string, Uploads>();

/** The uploads of a contact, kept while other screens lie above. */
export function uploadsOf(contactId: string): Uploads {
  const found = known.get(contactId) ?? new Uploads(contactId);
  known.set(contactId, found);
  return found;
}
