/** The boards of all one's units, kept alive by events: what is missing is asked for again, never guessed. */
import { computed, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import type { BoardChanged, BoardRow, Heads, UnitRole } from "../wire";
import { countNew, isAlarm, isUnsettled, patched, type Rows, type Shown, settled } from "./shown";

export interface BoardOf {
  connection: Connection;
  units: readonly UnitRole[];
  me: string;
}

export class Board {
  readonly rows = signal<Rows>(new Map());
  readonly shown = signal<readonly Shown[]>([]);
  readonly loaded = signal(false);
  readonly fresh = computed(() => countNew(this.shown.value, this.rows.value, this.of.me));
  readonly unsettled = computed(() => isUnsettled(this.shown.value, this.rows.value, this.of.me));
  /** Immediate contacts nobody has taken. */
  readonly alarms = computed(() => [...this.rows.value.values()].filter(isAlarm));
  readonly unitNames = signal<ReadonlyMap<string, string>>(new Map());
  private readonly seen = new Map<string, number>();
  private readonly undo: (() => void)[];

  constructor(private readonly of: BoardOf) {
    const { connection } = of;
    this.undo = [
      connection.onUp(() => this.followAll()),
      connection.on("board", (changed) => this.changed(changed)),
      connection.on("heads", (heads) => this.compare(heads)),
    ];
  }

  get unitIds(): string[] {
    return [...new Set(this.of.units.map((unit) => unit.unit_id))];
  }

  /** Puts every row at its right place: the nurse asked for it, so nothing jumps unasked. */
  settle(): void {
    this.shown.value = settled(this.rows.value, this.of.me);
  }

  close(): void {
    for (const undo of this.undo) undo();
  }

  private followAll(): void {
    for (const unit of this.unitIds) void this.follow(unit);
  }

  private async follow(unit_id: string): Promise<void> {
    const after = this.seen.get(unit_id) ?? 0;
    const board = await this.of.connection.insist("board:follow", { unit_id, after });
    this.unitNames.value = new Map(this.unitNames.value).set(unit_id, board.unit);
    this.take(unit_id, board.no, board.rows);
    if (!this.loaded.value) this.settle();
    this.loaded.value = true;
  }

  /** An event that does not join up with what we have is shown, and the rest is asked for. */
  private changed({ unit_id, after, no, rows }: BoardChanged): void {
    const seen = this.seen.get(unit_id) ?? 0;
    if (no <= seen) return;
    if (after <= seen) {
      this.take(unit_id, no, rows);
      return;
    }
    this.take(unit_id, seen, rows);
    void this.follow(unit_id);
  }

  private compare({ boards }: Heads): void {
    for (const [unit_id, head] of Object.entries(boards)) {
      if (head > (this.seen.get(unit_id) ?? 0)) void this.follow(unit_id);
    }
  }

  private take(unit_id: string, no: number, rows: readonly BoardRow[]): void {
    const all = new Map(this.rows.value);
    for (const row of rows) {
      const known = all.get(row.contact_id);
      if (!known || known.board_no <= row.board_no || known.unit_id !== row.unit_id)
        all.set(row.contact_id, keepHolder(row, known));
    }
    this.seen.set(unit_id, Math.max(no, this.seen.get(unit_id) ?? 0));
    this.rows.value = all;
    this.shown.value = patched(this.shown.value, all, this.of.me);
  }
}

/** A closed contact is nobody's any more; the screen remembers whose it was, so that it stays in sight for them. */
function keepHolder(row: BoardRow, known: BoardRow | undefined): BoardRow {
  return row.status === "closed" && known ? { ...row, holder: row.holder ?? known.holder } : row;
}
