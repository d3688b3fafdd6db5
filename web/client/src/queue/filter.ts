/** Which rows of the queue are shown while one searches: those that match, and always whoever is immediate. Pure but for words. */
import { LEVELS, type Level } from "../base/urgency";
import { t } from "../base/words";
import { personWords } from "../staff/person";
import { isAlarm, type Rows, type Shown } from "../staff/shown";
import type { BoardRow } from "../wire";

export interface Filter {
  /** Words that must all be found in what the row shows. */
  text: string;
  /** This level and those above it; null: every level. */
  level: Level | null;
  /** The board of one unit; null: those of all one's units. */
  unit_id: string | null;
  /** Letters only, or everything but letters; null: both. */
  letters: "only" | "none" | null;
}

export const NOTHING_SOUGHT: Filter = { text: "", level: null, unit_id: null, letters: null };

export const isSought = ({ text, level, unit_id, letters }: Filter) =>
  text.trim() !== "" || level !== null || unit_id !== null || letters !== null;

/** One board after the other, and then all of them. */
export function nextBoard(filter: Filter, unitIds: readonly string[]): Filter {
  const at = filter.unit_id === null ? -1 : unitIds.indexOf(filter.unit_id);
  const unit_id = unitIds.length > 1 ? (unitIds[at + 1] ?? null) : null;
  return { ...filter, unit_id };
}

/** The rows to show, in the order they stood. An immediate contact that nobody has taken is never hidden. */
export function sought(shown: readonly Shown[], rows: Rows, filter: Filter): readonly Shown[] {
  if (!isSought(filter)) return shown;
  return shown.filter(({ id }) => {
    const row = rows.get(id);
    return row !== undefined && (isAlarm(row) || matches(row, filter));
  });
}

function matches(row: BoardRow, { text, level, unit_id, letters }: Filter): boolean {
  if (letters !== null && row.letter !== (letters === "only")) return false;
  if (unit_id !== null && row.unit_id !== unit_id) return false;
  if (level !== null && LEVELS.indexOf(row.urgency) > LEVELS.indexOf(level)) return false;
  const told = tellingOf(row);
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
}

/** Everything the row says, in small letters. */
function tellingOf(row: BoardRow): string {
  const level = t(`base.urgency_${row.urgency}`);
  const said = [
    ...row.words,
    ...row.says_no,
    row.reason,
    row.rule,
    row.lang,
    row.title,
    level,
    personWords(row),
    row.holder?.name,
  ];
  return said.join(" ").toLocaleLowerCase();
}
