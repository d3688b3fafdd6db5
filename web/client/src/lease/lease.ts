/** Leases that run out: of colleagues as the server tells them, of one's own by when the line was lost. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import "./words";

const SECOND_MS = 1_000;
const MINUTE_S = 60;

/** Now, in steps of a second: read only where something runs out, so that nothing else on the screen is drawn anew. */
export const second = signal(Date.now());
setInterval(() => {
  second.value = Date.now();
}, SECOND_MS);

export class Leases {
  /** When each contact goes back whose holder has no line, by contact. */
  readonly ends = signal<ReadonlyMap<string, number>>(new Map());
  /** Since when one has had no line oneself; null while one has. */
  readonly lostAt = signal<number | null>(null);
  private readonly units = new Map<string, ReadonlyMap<string, number>>();

  /** `lease_s`: how long what one holds stays one's own without a line. */
  constructor(
    connection: Connection,
    private readonly lease_s: number,
  ) {
    connection.on("leases", ({ unit_id, ends }) => this.take(unit_id, ends));
    effect(() => this.follow(connection.line));
  }

  /** All of a unit's at once. */
  take(unit_id: string, ends: Record<string, string>): void {
    this.units.set(unit_id, new Map(Object.entries(ends).map(([id, at]) => [id, Date.parse(at)])));
    this.ends.value = new Map([...this.units.values()].flatMap((unit) => [...unit]));
  }

  /** Seconds until a colleague's contact goes back; null while they have a line. */
  left(contact_id: string): number | null {
    const at = this.ends.value.get(contact_id);
    return at === undefined ? null : secondsTo(at);
  }

  /** Seconds until what one holds oneself goes back; null while one has a line. */
  get mine(): number | null {
    const lost = this.lostAt.value;
    return lost === null ? null : secondsTo(lost + this.lease_s * SECOND_MS);
  }

  private follow(line: ReadonlySignal<string>): void {
    const isUp = line.value === "up";
    if (isUp) this.lostAt.value = null;
    else this.lostAt.value = this.lostAt.peek() ?? Date.now();
  }
}

const secondsTo = (at: number) => Math.max(0, Math.ceil((at - second.value) / SECOND_MS));

/** "1:20". */
export function leftWords(seconds: number): string {
  return `${Math.floor(seconds / MINUTE_S)}:${String(seconds % MINUTE_S).padStart(2, "0")}`;
}

/** On a card: that its holder's line is lost, and when it goes back. */
export function cardWords(leases: Leases, contact_id: string): string | null {
  const left = leases.left(contact_id);
  return left === null ? null : t("lease.left", { left: leftWords(left) });
}
