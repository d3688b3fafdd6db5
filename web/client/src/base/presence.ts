/**
 * Who else has a contact open: told by events, never kept, forgotten when it grows old. It also tells of oneself while
 * the page is in sight. Losing any of it harms nothing, so nothing is sent twice.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Author, TellPresence, Presence as Told } from "../wire";
import type { Connection } from "./connection";

export interface Someone {
  key: string;
  who: Author;
  state: "here" | "typing";
  /** When it is forgotten unless it is said anew, in milliseconds. */
  until_ms: number;
}

export const BEAT_MS = 15_000;
const HERE_MS = 40_000;
const TYPING_MS = 6_000;
/** Typing is told at most this often. */
const TYPING_EVERY_MS = 3_000;
const FORGET_EVERY_MS = 2_000;

/** The people there after one was heard. Who writes no more is still there. Pure. */
export function heardOf(people: readonly Someone[], told: Told, now_ms: number): Someone[] {
  const others = people.filter((one) => one.key !== told.key);
  if (told.state === "away") return others;
  const until_ms = now_ms + (told.state === "typing" ? TYPING_MS : HERE_MS);
  return [...others, { key: told.key, who: told.who, state: told.state, until_ms }];
}

/** The people still there: who has stopped writing without a word is there for a while longer. Pure. */
export function remembered(people: readonly Someone[], now_ms: number): Someone[] {
  return people.flatMap((one) => {
    if (one.until_ms > now_ms) return [one];
    if (one.state === "here") return [];
    return [{ ...one, state: "here" as const, until_ms: one.until_ms + HERE_MS - TYPING_MS }];
  });
}

export class Presence {
  readonly others: ReadonlySignal<readonly Someone[]>;
  private readonly people = signal<readonly Someone[]>([]);
  private readonly undo: (() => void)[];
  private readonly timers: ReturnType<typeof setInterval>[];
  private own = "";
  private typed_ms = 0;

  constructor(
    private readonly connection: Connection,
    private readonly contact_id: string,
  ) {
    this.others = this.people;
    const seen = () => this.tell(document.hidden ? "away" : "here");
    document.addEventListener("visibilitychange", seen);
    this.undo = [
      () => document.removeEventListener("visibilitychange", seen),
      connection.on("presence", (told) => this.heard(told)),
      connection.onUp(() => this.greet()),
    ];
    this.timers = [setInterval(() => this.tell("here"), BEAT_MS), setInterval(() => this.forget(), FORGET_EVERY_MS)];
  }

  /** One has come: whoever is there answers. Again once one follows, else an answer may have come too early. */
  greet(): void {
    this.tell("here", true);
  }

  /** One writes. Told now and then, not for every letter. */
  typing(): void {
    if (Date.now() - this.typed_ms < TYPING_EVERY_MS) return;
    this.typed_ms = Date.now();
    this.tell("typing");
  }

  /** One has sent, or put away, what one wrote. */
  written(): void {
    this.typed_ms = 0;
    this.tell("here");
  }

  stop(): void {
    for (const undo of this.undo) undo();
    for (const timer of this.timers) clearInterval(timer);
    this.tell("away");
  }

  private heard(told: Told): void {
    if (told.contact_id !== this.contact_id || told.key === this.own) return;
    this.people.value = heardOf(this.people.value, told, Date.now());
    if (told.greets) this.tell("here");
  }

  private forget(): void {
    const now = remembered(this.people.value, Date.now());
    if (now.some((one, index) => one !== this.people.value[index]) || now.length !== this.people.value.length)
      this.people.value = now;
  }

  private tell(state: TellPresence["state"], greets = false): void {
    if (this.connection.line.value === "down" || (document.hidden && state !== "away")) return;
    const request = { contact_id: this.contact_id, state, greets };
    void this.connection.call("presence:tell", request).then(
      ({ key }) => {
        this.own = key;
        if (this.people.value.some((one) => one.key === key))
          this.people.value = this.people.value.filter((one) => one.key !== key);
      },
      () => undefined, // who is there will be told again
    );
  }
}
