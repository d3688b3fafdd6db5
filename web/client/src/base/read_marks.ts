/** How far each side has read, and telling the other side so: only what has been on a page in sight counts. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { EntryView } from "../wire";
import type { Connection } from "./connection";

export type Side = "patient" | "staff";

const SETTLE_MS = 600;

export const sideOf = (entry: EntryView): Side => (entry.author.kind === "staff" ? "staff" : "patient");

/** True for what a person said to the other side. */
export const isSaid = (entry: EntryView): boolean =>
  ["message", "amended", "safety_net_given"].includes(entry.body.kind);

/** When entry `no` had first been read by someone of a side; null while nobody has. Pure. */
export function readAt(entries: readonly EntryView[], no: number, by: Side): string | null {
  const mark = entries.find((entry) => entry.body.kind === "read" && sideOf(entry) === by && entry.body.up_to_no >= no);
  return mark?.at ?? null;
}

/** The newest entry when the other side has said something this reader has not marked as read; else 0. Pure. */
export function unmarked(entries: readonly EntryView[], side: Side, marked: number): number {
  const before = entries.reduce(
    (furthest, { body, mine }) => (body.kind === "read" && mine ? Math.max(furthest, body.up_to_no) : furthest),
    marked,
  );
  const theirs = entries.some((entry) => entry.no > before && isSaid(entry) && sideOf(entry) !== side);
  return theirs ? (entries.at(-1)?.no ?? 0) : 0;
}

export interface ReadMarksOf {
  connection: Connection;
  contact_id: string;
  side: Side;
  entries: ReadonlySignal<readonly EntryView[]>;
}

/** Marks what is read from now on; gives the way to stop. */
export function markReading({ connection, contact_id, side, entries }: ReadMarksOf): () => void {
  const visible = signal(!document.hidden);
  const seen = () => {
    visible.value = !document.hidden;
  };
  document.addEventListener("visibilitychange", seen);
  let marked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const mark = () => {
    const up_to = unmarked(entries.peek(), side, marked);
    if (up_to === 0 || document.hidden || connection.line.peek() === "down") return;
    marked = up_to;
    void connection.call("read:mark", { contact_id, up_to }).catch(() => {
      marked = 0; // told again with the next that comes
    });
  };
  const stop = effect(() => {
    clearTimeout(timer);
    if (visible.value && connection.line.value !== "down" && unmarked(entries.value, side, marked) > 0)
      timer = setTimeout(mark, SETTLE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}
