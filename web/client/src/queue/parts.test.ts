import { expect, test } from "vitest";
import { inParts, partOf, ROWS } from "./parts";

const ids = Array.from({ length: 95 }, (_, n) => `r${n}`);
const fresh = inParts(ids, new Map());

test("every row is in one part, in order, and none is long", () => {
  expect(fresh.flatMap((part) => part.ids)).toEqual(ids);
  expect(fresh.every((part) => part.ids.length <= ROWS)).toBe(true);
});

test("who stays does not change their part when others go, come or move", () => {
  let seed = 7;
  const dice = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const turns = 300;
  let [now, parts, made] = [[...ids], fresh, 0];
  let [moves, longest] = [0, 0];
  for (let turn = 0; turn < turns; turn++) {
    const before = partOf(parts);
    const moved = now[dice(now.length)] ?? "";
    now = now.filter((id) => id !== moved);
    const comes = turn % 3 ? moved : `n${made++}`;
    if (turn % 3 !== 1) now.splice(dice(now.length), 0, comes);
    parts = inParts(now, before);
    expect(parts.flatMap((part) => part.ids)).toEqual(now);
    expect(new Set(parts.map((part) => part.key)).size).toBe(parts.length);
    const after = partOf(parts);
    moves += now.filter((id) => id !== comes && after.get(id) !== before.get(id)).length;
    longest = Math.max(longest, ...parts.map((part) => part.ids.length));
  }
  expect(longest).toBeLessThanOrEqual(2 * ROWS);
  expect(moves).toBeLessThan(turns / 2); // only where a part has grown too long
});
