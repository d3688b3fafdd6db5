/**
 * What the patient has written and the server has not yet acknowledged: kept sealed on this device, shown as waiting,
 * sent one by one in order for each contact, by one tab at a time. Deleted when acknowledged, at sign-out and after 24 h.
 * Nothing is sent twice: a `client_id` the server has seen gets the first answer again, so a second try harms nothing.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { mayResend, Refusal } from "../base/refusal";
import type { Calls } from "../wire";
import type { Seal } from "./seal";
import type { Shelf } from "./shelf";
import type { Tabs } from "./tabs";

export type Sendable =
  | "contact:open"
  | "message:post"
  | "message:amend"
  | "answer:give"
  | "reading:correct"
  | "reach:set"
  | "safety_net:confirm"
  | "followup:tell";
type RequestOf<N extends Sendable> = Calls[N]["request"];

export interface Unsent {
  readonly client_id: string;
  readonly name: Sendable;
  readonly request: RequestOf<Sendable>;
  readonly written_ms: number;
  /** The code it was refused with; null while it waits. */
  readonly refused: string | null;
  /** True once it lies on this device; false: it lives in this page only. */
  readonly kept: boolean;
}

/** Sends once; rejects with a `Refusal`, `unreachable` at once when there is no line. */
export type Send = (name: Sendable, request: RequestOf<Sendable>) => Promise<unknown>;

export interface OutboxOf {
  shelf: Promise<Shelf>;
  tabs: Tabs;
  send: Send;
  /** Called for each acknowledged one, before it leaves the list. */
  delivered(item: Unsent, answer: unknown): void;
  now(): number;
}

/** One contact's part of it. */
export interface ContactOutbox {
  readonly unsent: ReadonlySignal<readonly Unsent[]>;
  put<N extends Sendable>(name: N, request: RequestOf<N>): void;
  remove(clientId: string): void;
}

export const KEPT_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 3_000;

/** The contact, or the follow-up, it belongs to; the message that opens a contact has none yet. */
export const contactOf = ({ request }: Pick<Unsent, "request">): string =>
  "contact_id" in request ? request.contact_id : "record_id" in request ? request.record_id : "";

export class Outbox {
  readonly unsent = signal<readonly Unsent[]>([]);
  /** How many wait on this device that cannot be read here, because nobody has signed in yet. */
  readonly sealed = signal(0);
  /** How many were deleted after a day without ever having been sent: told until the patient has read it. */
  readonly expired = signal(0);
  private seal: Seal | null = null;
  /** The shelf is asked one thing at a time, so that no answer is older than what was done after it. */
  private turns: Promise<unknown> = Promise.resolve();
  private working = false;
  private again = false;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly of: OutboxOf) {}

  /** What lies here from before: counted, and what is too old deleted. */
  async start(): Promise<void> {
    this.of.tabs.onTold((what) => {
      if (what === "changed") void this.refresh().then(() => this.next(new Set()) && this.work());
    });
    await this.expire();
  }

  /** With the key of who is signed in: what waits can be read, and what is written from now on is kept. */
  async unlock(seal: Seal): Promise<void> {
    this.seal = seal;
    for (const item of this.unsent.value) if (!item.kept) void this.keep(item);
    await this.refresh();
    void this.work();
  }

  get unlocked(): boolean {
    return this.seal !== null;
  }

  forContact(id: string): ContactOutbox {
    return {
      unsent: computed(() => this.unsent.value.filter((item) => contactOf(item) === id)),
      put: (name, request) => this.put(name, request),
      remove: (clientId) => this.remove(clientId),
    };
  }

  put<N extends Sendable>(name: N, request: RequestOf<N>): void {
    const { client_id } = request;
    const item = { client_id, name, request, written_ms: this.of.now(), refused: null, kept: false };
    this.unsent.value = [...this.unsent.value, item];
    void this.keep(item);
    void this.work();
  }

  /** Takes one away: it was committed, or the patient let it go. */
  remove(clientId: string): void {
    this.forget(clientId);
    void this.turn(async (shelf) => {
      await shelf.remove(clientId);
      this.forget(clientId);
      this.of.tabs.tell("changed");
    });
  }

  /** Sends what waits; where it cannot, tries again by itself. */
  async work(): Promise<void> {
    this.again = true;
    if (this.working) return;
    this.working = true;
    clearTimeout(this.later);
    let stuck = true;
    try {
      stuck = await this.drainAlone();
    } finally {
      this.working = false;
      if (stuck || this.again) this.later = setTimeout(() => void this.work(), RETRY_MS);
    }
  }

  /** Deletes what is older than a day: it would be read as if it were said now. */
  async expire(): Promise<void> {
    const before = this.of.now() - KEPT_MS;
    const inMemory = this.unsent.value.filter((item) => !item.kept && item.written_ms < before);
    for (const item of inMemory) this.forget(item.client_id);
    const gone = await this.turn((shelf) => shelf.expire(before));
    this.expired.value += gone + inMemory.length;
    if (gone > 0) this.of.tabs.tell("changed");
    await this.refresh();
  }

  /** Nothing stays, here and on the device. */
  async empty(): Promise<void> {
    this.unsent.value = [];
    this.seal = null;
    await this.turn((shelf) => shelf.clear());
    this.of.tabs.tell("gone");
  }

  /** Keeps what was typed in a place; an empty value takes it away. Without a key it lives in the page only. */
  async keepDraft(place: string, value: unknown): Promise<boolean> {
    const { seal } = this;
    if (value === null) await this.turn((shelf) => shelf.dropDraft(place));
    if (value === null || !seal) return value === null;
    // Sealed in its turn: what is dropped after it was asked for must not come back.
    return this.turn(async (shelf) => {
      await shelf.keepDraft({ place, written_ms: this.of.now(), sealed: await seal.close(value, place) });
    }).then(isKept, isNotKept);
  }

  /** What was typed in a place before; undefined when nothing was, or by someone else. */
  async draft(place: string): Promise<unknown> {
    const kept = await this.turn((shelf) => shelf.draft(place));
    return kept && this.seal?.open(kept.sealed, place);
  }

  private turn<T>(ask: (shelf: Shelf) => Promise<T>): Promise<T> {
    const done = this.turns.then(async () => ask(await this.of.shelf));
    this.turns = done.catch(() => undefined); // whoever asked hears of it; the next turn comes all the same
    return done;
  }

  /** A shelf that takes nothing more (full, or forbidden) leaves the text in the page: it is sent all the same. */
  private async keep({ kept: _, ...item }: Unsent): Promise<void> {
    const { seal } = this;
    if (!seal) return;
    const { client_id, written_ms, refused, name, request } = item;
    await this.turn(async (shelf) => {
      await shelf.add({ client_id, written_ms, refused, sealed: await seal.close({ name, request }, client_id) });
      this.change(client_id, { kept: true });
    }).then(isKept, isNotKept);
    this.of.tabs.tell("changed");
  }

  private forget(clientId: string): void {
    this.unsent.value = this.unsent.value.filter((item) => item.client_id !== clientId);
  }

  private change(clientId: string, change: Partial<Unsent>): void {
    this.unsent.value = this.unsent.value.map((item) => (item.client_id === clientId ? { ...item, ...change } : item));
  }

  /** The list as the device has it, with what lives in this page only at its end. */
  private refresh(): Promise<void> {
    return this.turn(async (shelf) => {
      const all = await shelf.all();
      const { seal } = this;
      this.sealed.value = seal ? 0 : all.length;
      if (!seal) return;
      const read = await Promise.all(
        all.map(async ({ client_id, written_ms, refused, sealed }) => {
          const opened = (await seal.open(sealed, client_id)) as Pick<Unsent, "name" | "request"> | undefined;
          return opened ? [{ client_id, written_ms, refused, kept: true, ...opened }] : [];
        }),
      );
      const known = new Set(all.map((one) => one.client_id));
      const here = this.unsent.value.filter((item) => !item.kept && !known.has(item.client_id));
      this.unsent.value = [...read.flat(), ...here];
    });
  }

  private async drainAlone(): Promise<boolean> {
    let stuck = false;
    while (this.again && !stuck) {
      this.again = false;
      await this.of.tabs.alone(async () => {
        stuck = await this.drain();
      });
    }
    return stuck;
  }

  /** Sends in order until nothing waits; a contact whose next one is not taken now waits. True when one waits. */
  private async drain(): Promise<boolean> {
    await this.refresh();
    const stuck = new Set<string>();
    for (let item = this.next(stuck); item; item = this.next(stuck)) {
      if (!(await this.deliver(item))) stuck.add(contactOf(item));
      await this.turns;
    }
    return stuck.size > 0;
  }

  private next(stuck: ReadonlySet<string>): Unsent | undefined {
    return this.unsent.value.find((item) => item.refused === null && !stuck.has(contactOf(item)));
  }

  /** True when it was decided: acknowledged, or refused for good. */
  private async deliver(item: Unsent): Promise<boolean> {
    let answer: unknown;
    try {
      answer = await this.of.send(item.name, item.request);
    } catch (error) {
      if (mayResend(error)) return false;
      const refused = error instanceof Refusal ? error.code : "internal";
      this.change(item.client_id, { refused });
      await this.turn((shelf) => shelf.refuse(item.client_id, refused));
      this.of.tabs.tell("changed");
      return true;
    }
    try {
      this.of.delivered(item, answer);
    } finally {
      this.remove(item.client_id); // it is committed, whatever the page makes of it
    }
    return true;
  }
}

const isKept = () => true;
const isNotKept = () => false;
