/** One contact as the patient follows it: its entries, its state, and what is on its way to it. */
import { computed, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { lang } from "../base/words";
import type { ContactSummary, EntryAdded, EntryView, Following, Heads, WaitChanged } from "../wire";
import { bodies, latestUnderstood, merged, openQuestions } from "./entries";
import { nextStep } from "./intake";
import { Outbox } from "./outbox";

/** How long the patient looks at "we are reading" before going on without it. */
const PATIENCE_MS = 4_000;

export class Contact {
  readonly entries = signal<readonly EntryView[]>([]);
  readonly summary = signal<ContactSummary | null>(null);
  readonly outbox: Outbox;
  /** The patient has said that the reading is right, or corrected it. */
  readonly confirmed = signal(false);
  /** Questions passed over: they stay unknown, never "no". */
  readonly passed = signal<ReadonlySet<string>>(new Set());
  /** The patient has seen the call screen and says that they have called. */
  readonly called = signal(false);
  /** The server does not know it, or it is not this patient's. */
  readonly lost = signal(false);
  private readonly waitedLong = signal(false);
  private readonly offs: (() => void)[];

  constructor(
    readonly id: string,
    readonly connection: Connection,
  ) {
    this.outbox = new Outbox((name, request) => connection.insist(name, request));
    this.offs = [
      connection.on("entry", (added) => this.added(added)),
      connection.on("wait", (changed) => this.waitChanged(changed)),
      connection.on("heads", (heads) => this.compare(heads)),
      connection.onUp(() => void this.follow()),
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
    }),
  );

  write(text: string): void {
    const request = { contact_id: this.id, client_id: newId(), text, lang: lang.value };
    this.outbox.put("message:post", request);
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
    this.outbox.put("reach:set", { contact_id: this.id, client_id: newId(), place, phone });
  }

  stop(): void {
    for (const off of this.offs) off();
    if (this.connection.line.value !== "down") void this.leave();
  }

  /** The server need not tell this socket any more; if it cannot be told, what it says is not heard. */
  private leave(): Promise<unknown> {
    return this.connection.call("contact:leave", { contact_id: this.id }).catch(() => null);
  }

  private sending(name: string) {
    return this.outbox.unsent.value.filter((item) => item.name === name);
  }

  private async follow(): Promise<void> {
    const after = this.entries.value.at(-1)?.no ?? 0;
    const answer = await this.connection.insist("contact:follow", { contact_id: this.id, after }).catch(() => null);
    if (answer) this.take(answer);
    else this.lost.value = true;
  }

  private added(added: EntryAdded): void {
    if (added.contact_id === this.id) this.take(added);
  }

  private take(more: Pick<Following, "entries" | "summary">): void {
    const { entries, gap } = merged(this.entries.value, more.entries);
    this.entries.value = entries;
    if (gap) {
      void this.follow();
      return;
    }
    if (more.summary.head >= (this.summary.value?.head ?? 0)) this.summary.value = more.summary;
    for (const entry of more.entries) if (entry.mine && entry.client_id) this.outbox.remove(entry.client_id);
  }

  private waitChanged(changed: WaitChanged): void {
    const summary = this.summary.value;
    if (summary && changed.contact_id === this.id) this.summary.value = { ...summary, wait: changed.wait };
  }

  private compare(heads: Heads): void {
    if ((heads.contacts[this.id] ?? 0) > (this.entries.value.at(-1)?.no ?? 0)) void this.follow();
  }
}
