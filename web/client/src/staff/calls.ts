/** Who is to be called, in which order. Pure. */
import { LEVELS } from "../base/urgency";
import type { BoardRow, CallBack } from "../wire";
import type { Rows } from "./shown";

export type ToCall = BoardRow & { call: CallBack };

/** The most urgent first, among equals who has been on the list longest. */
export function toCall(rows: Rows): ToCall[] {
  const listed = [...rows.values()].filter((row): row is ToCall => !!row.call && row.status !== "closed");
  return listed.sort((one, other) => rank(one) - rank(other) || (one.call.since < other.call.since ? -1 : 1));
}

const rank = (row: BoardRow) => LEVELS.indexOf(row.urgency);
