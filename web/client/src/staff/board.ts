/** The boards of all one's units, kept alive by events: what is missing is asked for again, never guessed. */
import { computed, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import type { Board as BoardAnswer, UnitRole } from "../wire";
import { FollowedBoard } from "./followed_board";
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
  private readonly boards: ReadonlyMap<string, FollowedBoard>;
  private readonly undo: (() => void)[];

  constructor(private readonly of: BoardOf) {
    const { connection } = of;
    this.boards = new Map(this.unitIds.map((id) => [id, new FollowedBoard(this.askFor(id), () => this.show())]));
    this.undo = [
      connection.onUp(() => this.each((board) => void board.follow())),
      connection.on("board", (changed) => this.boards.get(changed.unit_id)?.heard(changed)),
      connection.on("heads", ({ boards }) => this.each((board, id) => board.told(boards[id]))),
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

  private each(act: (board: FollowedBoard, unitId: string) => void): void {
    for (const [unitId, board] of this.boards) act(board, unitId);
  }

  private askFor(unit_id: string) {
    return async (after: number): Promise<BoardAnswer | null> => {
      const answer = await this.of.connection.insist("board:follow", { unit_id, after }).catch(() => null);
      if (answer) this.unitNames.value = new Map(this.unitNames.value).set(unit_id, answer.unit);
      return answer;
    };
  }

  /** What is known of all boards, on the screen; the first time at its right place. */
  private show(): void {
    this.rows.value = new Map([...this.boards.values()].flatMap((board) => [...board.rows]));
    this.shown.value = patched(this.shown.value, this.rows.value, this.of.me);
    if (!this.loaded.value) this.settle();
    this.loaded.value = true;
  }
}
