/** The boards of all one's units, kept alive by events: what is missing is asked for again, never guessed. */
import { computed, signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import type { Leases } from "../lease/lease";
import type { Board as BoardAnswer, UnitRole } from "../wire";
import { FollowedBoard } from "./followed_board";
import { countNew, isAlarm, isUnsettled, patched, type Rows, type Shown, settled } from "./shown";

export interface BoardOf {
  connection: Connection;
  units: readonly UnitRole[];
  me: string;
  /** Told of what runs out, where that is shown. */
  leases?: Leases;
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
  /** Names of the units whose board one may see no more. */
  readonly ended = signal<readonly string[]>([]);
  private readonly boards: Map<string, FollowedBoard>;
  private readonly undo: (() => void)[];
  /** Units whose board has been told once. */
  private readonly answered = new Set<string>();

  constructor(private readonly of: BoardOf) {
    const { connection } = of;
    this.boards = new Map(unitIdsOf(of.units).map((id) => [id, new FollowedBoard(this.askFor(id), () => this.show())]));
    this.undo = [
      connection.onUp(() => this.each((board) => void board.follow())),
      connection.on("board", (changed) => this.boards.get(changed.unit_id)?.heard(changed)),
      connection.on("board_anew", ({ unit_id }) => void this.boards.get(unit_id)?.anew()),
      connection.on("access_ended", ({ unit_id }) => this.end(unit_id)),
      connection.on("heads", ({ boards }) => this.each((board, id) => board.told(boards[id]))),
    ];
  }

  get unitIds(): string[] {
    return [...this.boards.keys()];
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
      const answer = await this.of.connection.insist("board:follow", { unit_id, after }).catch(codeOf);
      if (typeof answer === "string") {
        if (answer === "not_found") this.end(unit_id);
        return null;
      }
      this.answered.add(unit_id);
      this.unitNames.value = new Map(this.unitNames.value).set(unit_id, answer.unit);
      this.of.leases?.take(unit_id, answer.leases);
      return answer;
    };
  }

  /** One may see it no more: its rows leave the screen and the memory. */
  private end(unit_id: string): void {
    if (!this.boards.delete(unit_id)) return;
    const names = new Map(this.unitNames.value);
    this.ended.value = [...this.ended.value, names.get(unit_id) ?? unit_id];
    names.delete(unit_id);
    this.unitNames.value = names;
    this.show();
    this.settle();
  }

  /** What is known of all boards, on the screen; until each has answered once, at its right place. */
  private show(): void {
    this.rows.value = new Map([...this.boards.values()].flatMap((board) => [...board.rows]));
    this.shown.value = patched(this.shown.value, this.rows.value, this.of.me);
    if (!this.loaded.value) this.settle();
    this.loaded.value = this.unitIds.every((id) => this.answered.has(id));
  }
}

const unitIdsOf = (units: readonly UnitRole[]) => [...new Set(units.map((unit) => unit.unit_id))];

function codeOf(error: unknown): string {
  return error instanceof Refusal ? error.code : "";
}
