/**
 * A contact's entries as one client holds them, by number and without gaps: what does not join up is asked for, never
 * guessed. Knows neither patient nor staff, and no socket.
 */
import { signal } from "@preact/signals";
import type { ContactSummary, EntryView } from "../wire";

/** Some entries, and the contact's state after the newest of all. */
export interface News {
  readonly entries: readonly EntryView[];
  readonly summary: ContactSummary;
}

/** Entries are numbered without gaps: `gap` says that some are missing and must be asked for. */
export function merged(
  known: readonly EntryView[],
  more: readonly EntryView[],
): { entries: EntryView[]; gap: boolean } {
  const entries = [...known];
  for (const entry of [...more].sort((one, other) => one.no - other.no)) {
    const last = entries.at(-1)?.no ?? 0;
    if (entry.no > last + 1) return { entries, gap: true };
    if (entry.no === last + 1) entries.push(entry);
  }
  return { entries, gap: false };
}

export class Followed {
  readonly entries = signal<readonly EntryView[]>([]);
  readonly summary = signal<ContactSummary | null>(null);
  private readonly ahead: News[] = [];
  private asking = false;
  private again = false;
  private whole = false;
  private readonly heads = new HeadCheck();

  /** `ask` fetches everything after a number, or null when it is refused. */
  constructor(private readonly ask: (after: number) => Promise<News | null>) {}

  get head(): number {
    return this.entries.value.at(-1)?.no ?? 0;
  }

  /** Fetches what is missing. Asked for while it fetches, it fetches once more afterwards. */
  async follow(): Promise<void> {
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.again) {
        this.again = false;
        await (this.whole ? this.fetchWhole() : this.fetch(this.head));
      }
    } finally {
      this.asking = false;
    }
  }

  /** What the server told by itself. What runs ahead waits for what lies between. */
  heard(news: News): void {
    if (this.take(news)) return;
    this.ahead.push(news);
    if (!this.asking) void this.follow();
  }

  /** The newest number by the server; undefined when it does not count us among those it tells. */
  told(no: number | undefined): void {
    if (this.asking) return;
    const next = this.heads.next(this.head, no);
    if (next === "rest") void this.follow();
    if (next === "anew") void this.anew();
  }

  /** Nothing of it stays in memory. */
  forget(): void {
    this.ahead.length = 0;
    this.entries.value = [];
    this.summary.value = null;
  }

  /** What the server no longer has, or shows otherwise by now, goes from the screen as well. */
  anew(): Promise<void> {
    this.whole = true;
    return this.follow();
  }

  private async fetchWhole(): Promise<void> {
    this.whole = false;
    const all = await this.ask(0);
    if (!all) return;
    this.entries.value = merged([], all.entries).entries;
    this.summary.value = all.summary;
  }

  private async fetch(after: number): Promise<void> {
    const answer = await this.ask(after);
    if (!answer) {
      this.ahead.length = 0;
      return;
    }
    this.take(answer);
    const waiting = this.ahead.splice(0);
    const joined = waiting.map((news) => this.take(news));
    if (joined.includes(false) && this.head > after) this.again = true; // else the head numbers will tell
  }

  /** True when it joins up. */
  private take({ entries: more, summary }: News): boolean {
    const { entries, gap } = merged(this.entries.value, more);
    if (entries.length > this.entries.value.length) this.entries.value = entries;
    if (!gap && summary.head >= (this.summary.value?.head ?? 0)) this.summary.value = summary;
    return !gap;
  }
}

export type Next = "nothing" | "rest" | "anew";

/**
 * What a head number means for who holds `held`. A smaller one is old news overtaken on its way, once; the same one
 * twice, 5 s apart, is the truth: the server holds less than we do.
 */
export class HeadCheck {
  private smaller: number | null = null;

  next(held: number, told: number | undefined): Next {
    const before = this.smaller;
    this.smaller = told !== undefined && told < held ? told : null;
    if (told === undefined || told > held) return "rest";
    return this.smaller !== null && this.smaller === before ? "anew" : "nothing";
  }
}
