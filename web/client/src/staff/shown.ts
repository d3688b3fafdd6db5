/**
 * Which rows the queue shows, and in which order: the order of the server, but nothing jumps under the cursor.
 * New rows wait behind "3 new" until the nurse asks for them; only an immediate one comes in by itself. Pure.
 */
import type { BoardRow } from "../wire";

export type Section = "mine" | "waiting" | "others" | "done";
export const SECTIONS: readonly Section[] = ["mine", "waiting", "others", "done"];

export interface Shown {
  id: string;
  section: Section;
}

export type Rows = ReadonlyMap<string, BoardRow>;

/** Where a row belongs now. Closed contacts stay in sight only for whoever worked in them. */
export function sectionOf(row: BoardRow, me: string): Section | null {
  if (row.status === "closed") return row.holder?.id === me ? "done" : null;
  if (row.holder === null) return "waiting";
  return row.holder.id === me ? "mine" : "others";
}

/** Everything at its right place. Among one's own those come first who wait for one's answer, the longest wait first. */
export function settled(rows: Rows, me: string): Shown[] {
  const all = [...rows.values()].sort(inOrder);
  return SECTIONS.flatMap((section) => {
    const here = all.filter((row) => sectionOf(row, me) === section);
    if (section === "mine") here.sort(inTurn);
    return here.map((row) => ({ id: row.contact_id, section }));
  });
}

/** The list as it stands, with only what may move by itself: immediate arrivals, one's own claims and closings. */
export function patched(shown: readonly Shown[], rows: Rows, me: string): Shown[] {
  const kept = shown.filter(({ id, section }) => {
    const row = rows.get(id);
    return row !== undefined && !movesAlone(row, section, me);
  });
  const moving = settled(rows, me).filter(({ id, section }) => {
    const row = rows.get(id);
    return row !== undefined && !kept.some((one) => one.id === id) && (isOwn(section) || isAlarm(row));
  });
  return moving.reduce((list, one) => insert(list, one, rows), kept);
}

/** How many waiting contacts the list does not show yet. */
export function countNew(shown: readonly Shown[], rows: Rows, me: string): number {
  const known = new Set(shown.map((one) => one.id));
  return [...rows.values()].filter((row) => sectionOf(row, me) === "waiting" && !known.has(row.contact_id)).length;
}

/** True when settling would change the list. */
export function isUnsettled(shown: readonly Shown[], rows: Rows, me: string): boolean {
  const now = settled(rows, me);
  return now.length !== shown.length || now.some((one, index) => !isSame(one, shown[index]));
}

/** An immediate contact that nobody has taken. */
export function isAlarm(row: BoardRow): boolean {
  return row.status === "waiting" && row.holder === null && row.urgency === "immediate";
}

function movesAlone(row: BoardRow, section: Section, me: string): boolean {
  const right = sectionOf(row, me);
  const own = right !== null && right !== section && (isOwn(right) || isOwn(section));
  return own || (isAlarm(row) && section !== "waiting");
}

function insert(list: Shown[], one: Shown, rows: Rows): Shown[] {
  const rank = SECTIONS.indexOf(one.section);
  const at = list.findIndex((other) => {
    const otherRank = SECTIONS.indexOf(other.section);
    return otherRank > rank || (otherRank === rank && orderOf(rows, one.id) < orderOf(rows, other.id));
  });
  return at < 0 ? [...list, one] : [...list.slice(0, at), one, ...list.slice(at)];
}

const isOwn = (section: Section) => section === "mine" || section === "done";
const isSame = (one: Shown, other: Shown | undefined) => one.id === other?.id && one.section === other.section;
const orderOf = (rows: Rows, id: string) => rows.get(id)?.order ?? "";
const inTurn = (one: BoardRow, other: BoardRow) =>
  turnRank(one) - turnRank(other) || Date.parse(one.turn_since) - Date.parse(other.turn_since);
const turnRank = (row: BoardRow) => (row.turn === "staff" ? 0 : 1);
const inOrder = (one: BoardRow, other: BoardRow) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0);
