/** Which cards are about somebody with earlier contacts: asked once for each card that is near, since asking is recorded. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { locale, t } from "../base/words";
import type { Rows, Shown } from "../staff/shown";
import type { EarlierMark } from "../wire";
import "./words";

/** Cards from the first on, and so many around the one the keys stand on. */
export const NEAR = 30;
const AROUND = 5;
/** A board that is still coming in is asked about once. */
const CALM_MS = 250;

export interface MarksOf {
  connection: Connection;
  visible: ReadonlySignal<readonly Shown[]>;
  rows: ReadonlySignal<Rows>;
  cursor: ReadonlySignal<string | null>;
  /** Units where one may enter contacts. */
  unitIds: readonly string[];
}

export class EarlierMarks {
  readonly marks = signal<ReadonlyMap<string, EarlierMark>>(new Map());
  private readonly asked = new Set<string>();
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly of: MarksOf) {
    effect(() => {
      if (near(of.visible.value, of.cursor.value).every((id) => this.asked.has(id))) return;
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.ask(), CALM_MS);
    });
  }

  private ask(): void {
    const { visible, cursor, rows, unitIds } = this.of;
    const wanted = near(visible.peek(), cursor.peek()).filter((id) => !this.asked.has(id));
    for (const id of wanted) this.asked.add(id);
    for (const unit_id of unitIds) {
      const contact_ids = wanted.filter((id) => rows.peek().get(id)?.unit_id === unit_id);
      if (contact_ids.length > 0) void this.askFor(unit_id, contact_ids);
    }
  }

  private async askFor(unit_id: string, contact_ids: string[]): Promise<void> {
    const answer = await this.of.connection.call("board:earlier", { unit_id, contact_ids }).catch(() => null);
    if (!answer) {
      for (const id of contact_ids) this.asked.delete(id); // no line: asked again when the board next moves
      return;
    }
    this.marks.value = new Map([...this.marks.peek(), ...answer.marks.map((one) => [one.contact_id, one] as const)]);
  }
}

/** The cards asked about: no more at once than the service takes. */
export function near(visible: readonly Shown[], cursor: string | null): string[] {
  const at = cursor === null ? -1 : visible.findIndex(({ id }) => id === cursor);
  const around = at < 0 ? [] : visible.slice(Math.max(0, at - AROUND), at + AROUND);
  return [...new Set([...visible.slice(0, NEAR), ...around].map(({ id }) => id))];
}

/** "2 tidigare, senast 12 nov." */
export function earlierWords({ count, last_at }: EarlierMark): string {
  const last = new Date(last_at);
  const thisYear = last.getFullYear() === new Date().getFullYear();
  const day = new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "short",
    ...(thisYear ? {} : { year: "numeric" }),
  }).format(last);
  return t("queue.earlier", { n: count, day });
}
