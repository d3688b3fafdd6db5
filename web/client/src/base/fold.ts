/** Long texts folded: where to cut, in whole words. Pure. Positions are code points, as findings count them. */
export const FOLD_ABOVE = 900;
const SHOWN = 600;
const LINES_ABOVE = 16;
const LINES_SHOWN = 10;

/** How many code points are shown while folded; null for a text short enough to stand whole. */
export function foldAt(text: string): number | null {
  const points = [...text];
  const byLines = nthLineEnd(points, LINES_SHOWN);
  const tooLong = points.length > FOLD_ABOVE;
  const tooTall = nthLineEnd(points, LINES_ABOVE) < points.length;
  if (!tooLong && !tooTall) return null;
  return wordEnd(points, Math.min(byLines, SHOWN));
}

function nthLineEnd(points: readonly string[], n: number): number {
  let seen = 0;
  const at = points.findIndex((point) => point === "\n" && ++seen === n);
  return at < 0 ? points.length : at;
}

/** Back to the last space, unless the word is so long that nothing would be left. */
function wordEnd(points: readonly string[], limit: number): number {
  const space = points.slice(0, limit).findLastIndex((point) => /\s/.test(point));
  return space > limit / 2 ? space : limit;
}

const BEGINNING = 60;

/** The first words of a text, enough to know it by. */
export function beginning(text: string): string {
  const points = [...text.replace(/\s+/g, " ")];
  return points.length > BEGINNING ? `${points.slice(0, BEGINNING).join("").trimEnd()} …` : points.join("");
}
