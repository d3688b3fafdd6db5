/**
 * One unit's board as this screen holds it, by number: what does not join up is shown and the rest is asked for. What
 * left the unit, or what the server no longer has, leaves the screen. Knows no socket.
 */
import { HeadCheck } from "../base/followed";
import type { Board, BoardChanged, BoardRow } from "../wire";

type Told = Pick<Board, "no" | "rows" | "gone">;

export class FollowedBoard {
  rows: ReadonlyMap<string, BoardRow> = new Map();
  /** Everything up to this number is in `rows`. */
  seen = 0;
  private asking = false;
  private again = false;
  private stale = false;
  private readonly heads = new HeadCheck();

  /** `ask` fetches what changed after a number, or null when it is refused; `changed` is called after every change. */
  constructor(
    private readonly ask: (after: number) => Promise<Told | null>,
    private readonly changed: () => void,
  ) {}

  /** Fetches what is missing. Asked for while it fetches, it fetches once more afterwards. */
  async follow(): Promise<void> {
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    while (this.again) {
      this.again = false;
      const answer = await this.ask(this.seen);
      if (answer) this.take(answer, answer.no);
    }
    this.asking = false;
    if (this.stale) void this.anew();
  }

  heard({ after, no, rows, gone }: Pick<BoardChanged, "after" | "no" | "rows" | "gone">): void {
    if (no <= this.seen) return;
    const joins = after <= this.seen;
    this.take({ no, rows, gone }, joins ? no : this.seen);
    if (!joins) void this.follow();
  }

  /** The newest number by the server; undefined when it does not count us among those it tells. */
  told(no: number | undefined): void {
    if (this.asking) return;
    const next = this.heads.next(this.seen, no);
    if (next === "rest") void this.follow();
    if (next === "anew") void this.anew();
  }

  /** Fetches everything: something has changed that no number counts. */
  async anew(): Promise<void> {
    this.stale = this.asking;
    if (this.asking) return;
    this.asking = true;
    const all = await this.ask(0);
    this.asking = false;
    if (!all) return;
    const before = this.rows;
    this.rows = new Map();
    this.seen = 0;
    this.take({ ...all, rows: all.rows.map((row) => keepHolder(row, before.get(row.contact_id))) }, all.no);
  }

  private take({ rows, gone }: Told, upTo: number): void {
    const all = new Map(this.rows);
    for (const id of gone) all.delete(id);
    for (const row of rows) {
      const known = all.get(row.contact_id);
      if (!known || known.board_no <= row.board_no) all.set(row.contact_id, keepHolder(row, known));
    }
    this.rows = all;
    this.seen = Math.max(upTo, this.seen);
    this.changed();
  }
}

/** A closed contact is nobody's any more; the screen remembers whose it was, so that it stays in sight for them. */
function keepHolder(row: BoardRow, known: BoardRow | undefined): BoardRow {
  return row.status === "closed" && known ? { ...row, holder: row.holder ?? known.holder } : row;
}
