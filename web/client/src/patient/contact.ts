/** One contact as the patient follows it: its entries, its state, and what is on its way to it. */
import { computed, effect, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { Followed, type News } from "../base/followed";
import { newId } from "../base/id";
import { Presence } from "../base/presence";
import { markReading } from "../base/read_marks";
import { Refusal } from "../base/refusal";
import { lang } from "../base/words";
import type { ChooseNotice, EntryAdded, EntryView, Subscription, WaitChanged } from "../wire";
import { bodies, latestUnderstood, openQuestions } from "./entries";
import { nextStep } from "./intake";
import type { ContactOutbox } from "./outbox";

/** How long the patient looks at "we are reading" before going on without it. */
const PATIENCE_MS = 4_000;
/** How long news of what was acknowledged may take before it is asked for. */
const NEWS_MS = 1_000;

export class Contact {
  private readonly followed = new Followed((after) => this.ask(after));
  readonly entries = this.followed.entries;
  readonly summary = this.followed.summary;
  /** The patient has said that the reading is right, or corrected it. */
  readonly confirmed = signal(false);
  /** Questions passed over: they stay unknown, never "no". */
  readonly passed = signal<ReadonlySet<string>>(new Set());
  /** The patient has seen the call screen and says that they have called. */
  readonly called = signal(false);
  /** The server does not know it, or it is not this patient's. */
  readonly lost = signal(false);
  /** Access to it has ended; `unsent`: something written in it was not sent, and is gone. */
  readonly ended = signal<{ unsent: boolean } | null>(null);
  /** The own message an addendum is being written to. */
  readonly amending = signal<EntryView | null>(null);
  readonly presence: Presence;
  private readonly waitedLong = signal(false);
  private readonly offs: (() => void)[];

  constructor(
    readonly id: string,
    readonly connection: Connection,
    readonly outbox: ContactOutbox,
  ) {
    this.presence = new Presence(connection, id);
    this.offs = [
      () => this.presence.stop(),
      markReading({ connection, contact_id: id, side: "patient", entries: this.entries }),
      connection.on("entry", (added) => this.added(added)),
      connection.on("wait", (changed) => this.waitChanged(changed)),
      connection.on("heads", ({ contacts }) => this.followed.told(contacts[this.id])),
      connection.onUp(() => void this.followed.follow()),
      effect(() => this.clear(this.entries.value)),
    ];
    setTimeout(() => {
      this.waitedLong.value = true;
    }, PATIENCE_MS);
  }

  readonly understood = computed(() => latestUnderstood(this.entries.value));

  readonly reached = computed(
    () => bodies(this.entries.value, "reach").length > 0 || this.sending("reach:set").length > 0,
  );

  readonly questions = computed(() => {
    const answered = bodies(this.entries.value, "answered").map((body) => body.question);
    const sending = this.sending("answer:give").map((item) => (item.request as { question: string }).question);
    return openQuestions(this.understood.value, new Set([...answered, ...sending, ...this.passed.value]));
  });

  /** The newest "what to do if it gets worse" that a person gave, and whether it is confirmed. */
  readonly newestNet = computed(() => {
    const given = this.entries.value.findLast(({ body }) => body.kind === "safety_net_given");
    return given ? { no: given.no, confirmed: this.netConfirmed(given.no) } : null;
  });

  /** The confirming that is on its way, or was refused. */
  readonly confirming = computed(
    () => this.outbox.unsent.value.findLast((item) => item.name === "safety_net:confirm") ?? null,
  );

  netConfirmed(given_no: number): boolean {
    return bodies(this.entries.value, "safety_net_confirmed").some((body) => body.given_no === given_no);
  }

  /** "I have read and understood": kept and sent like a message. */
  confirmNet(given_no: number): void {
    for (const { name, client_id } of this.outbox.unsent.peek())
      if (name === "safety_net:confirm") this.outbox.remove(client_id);
    this.outbox.put("safety_net:confirm", { contact_id: this.id, client_id: newId(), given_no });
  }

  readonly answeredCount = computed(
    () => bodies(this.entries.value, "answered").length + this.sending("answer:give").length + this.passed.value.size,
  );

  readonly step = computed(() =>
    nextStep({
      status: this.summary.value?.status ?? null,
      urgency: this.summary.value?.urgency ?? null,
      chips: this.understood.value?.chips.length ?? null,
      corrected: this.confirmed.value || bodies(this.entries.value, "corrected").length > 0,
      waitedLong: this.waitedLong.value,
      openQuestions: this.questions.value.length,
      reached: this.reached.value,
      visit: Boolean(this.summary.value?.visit),
      letter: this.summary.value?.letter?.turned === false,
    }),
  );

  /** A message, or an addendum to the own message that was chosen. */
  write(text: string): void {
    const request = { contact_id: this.id, client_id: newId(), text, lang: lang.value };
    const amended = this.amending.value;
    if (amended) this.outbox.put("message:amend", { ...request, of_no: amended.no });
    else this.outbox.put("message:post", request);
    this.amending.value = null;
    this.presence.written();
  }

  answer(question: string, value: boolean | number | string): void {
    this.outbox.put("answer:give", { contact_id: this.id, client_id: newId(), question, value });
  }

  pass(question: string): void {
    this.passed.value = new Set([...this.passed.value, question]);
  }

  correct(struck: string[], added: string[]): void {
    if (struck.length + added.length > 0) {
      this.outbox.put("reading:correct", { contact_id: this.id, client_id: newId(), struck, added });
    }
    this.confirmed.value = true;
  }

  setReach(place: string, phone: string): void {
    for (const { name, client_id } of this.outbox.unsent.peek())
      if (name === "reach:set") this.outbox.remove(client_id);
    this.outbox.put("reach:set", { contact_id: this.id, client_id: newId(), place, phone });
  }

  /** How the patient is told of news while the page is closed; the code of a refusal, or null when it is kept. */
  chooseNotice(choice: { channel: ChooseNotice["channel"]; address?: string; push?: Subscription }) {
    return this.command("notice:choose", { contact_id: this.id, client_id: newId(), ...choice });
  }

  /** Opens the closed contact again; the code of a refusal, or null when it is open. */
  reopen(text: string): Promise<string | null> {
    return this.command("contact:reopen", { contact_id: this.id, client_id: newId(), text, lang: lang.value });
  }

  private async command(...[name, request]: Parameters<Connection["insist"]>): Promise<string | null> {
    try {
      await this.connection.insist(name, request);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    await this.followed.follow();
    return null;
  }

  stop(): void {
    for (const off of this.offs) off();
    if (this.connection.line.value !== "down") void this.leave();
  }

  /** Access has ended: nothing of it stays in the page. */
  forget(unsent: boolean): void {
    this.ended.value = { unsent };
    this.stop();
    this.followed.forget();
    this.amending.value = null;
  }

  /** The server need not tell this socket any more; if it cannot be told, what it says is not heard. */
  private leave(): Promise<unknown> {
    return this.connection.call("contact:leave", { contact_id: this.id }).catch(() => null);
  }

  private sending(name: string) {
    return this.outbox.unsent.value.filter((item) => item.name === name && item.refused === null);
  }

  /** Why where the person is could not be told; null when it could, or was not tried. */
  readonly reachRefused = computed(
    () => this.outbox.unsent.value.findLast((item) => item.name === "reach:set")?.refused ?? null,
  );

  /** What was acknowledged must come into sight also when the news of it is lost on its way. */
  acknowledged(no: number): void {
    setTimeout(() => {
      if (this.followed.head < no) void this.followed.follow();
    }, NEWS_MS);
  }

  private async ask(after: number): Promise<News | null> {
    const answer = await this.connection.insist("contact:follow", { contact_id: this.id, after }).catch(() => null);
    this.lost.value = answer === null;
    return answer;
  }

  private added(added: EntryAdded): void {
    if (added.contact_id === this.id) this.followed.heard(added);
  }

  /** What the log shows waits no more. */
  private clear(entries: readonly EntryView[]): void {
    const waiting = new Set(this.outbox.unsent.peek().map((item) => item.client_id));
    for (const { mine, client_id } of entries) if (mine && waiting.has(client_id)) this.outbox.remove(client_id);
  }

  private waitChanged(changed: WaitChanged): void {
    const summary = this.summary.value;
    if (summary && changed.contact_id === this.id) this.summary.value = { ...summary, wait: changed.wait };
  }
}
