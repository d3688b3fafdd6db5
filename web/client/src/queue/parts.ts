/** A long list in parts of some rows each: a browser then asks of few parts, and not of each row, whether it is in sight. */

/** So many rows a part begins with, and may grow to before it is divided. */
export const ROWS = 20;
const MOST = 40;

export interface Part {
  key: string;
  ids: string[];
}

/**
 * The ids in order, in parts. A row stays in the part it had (`before`, by id) as rows come and go around it, so that
 * it is not made anew and keeps the focus.
 */
export function inParts(ids: readonly string[], before: ReadonlyMap<string, string>): Part[] {
  const parts: Part[] = [];
  const used = new Set<string>();
  const begin = (key: string, id: string) => {
    used.add(key);
    parts.push({ key, ids: [id] });
  };
  ids.forEach((id, at) => {
    const part = parts.at(-1);
    const own = before.get(id);
    const next = ids[at + 1];
    const goesOn = next !== undefined && before.get(next) === part?.key;
    if (part && part.ids.length < MOST && (own === part.key || goesOn)) part.ids.push(id);
    else if (own !== undefined && !used.has(own)) begin(own, id);
    else if (part && part.ids.length < ROWS) part.ids.push(id);
    else begin(`part-${id}`, id);
  });
  return parts;
}

/** Which part each row is in. */
export function partOf(parts: readonly Part[]): ReadonlyMap<string, string> {
  return new Map(parts.flatMap(({ key, ids }) => ids.map((id) => [id, key])));
}
