/** What re-readings changed since one last looked: told by the server, joined here. Pure. */
import type { Level } from "../base/urgency";
import type { Change } from "../wire";

export interface Changed {
  /** The level then and now. */
  before: Level;
  after: Level;
  /** What decided the new level last; none where the level is what it was. */
  because: Change | null;
  has: readonly string[];
  has_not: readonly string[];
}

/** All changes above entry `looked_no` as one; null when there is none. */
export function changedSince(changes: readonly Change[], looked_no: number): Changed | null {
  const since = changes.filter(({ no }) => no > looked_no);
  const [first, last] = [since[0], since.at(-1)];
  if (!first || !last) return null;
  return {
    before: first.before,
    after: last.after,
    because: since.findLast(({ before, after }) => before !== after) ?? null,
    has: all(since.map(({ has }) => has)),
    has_not: all(since.map(({ has_not }) => has_not)),
  };
}

const all = (labels: readonly (readonly string[])[]) => [...new Set(labels.flat())];
