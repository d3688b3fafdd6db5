/** A patient's text cut at what was understood in it. Findings count code points; strings here count UTF-16 units. Pure. */
import type { Finding } from "../wire";

export interface Piece {
  text: string;
  finding: Finding | null;
}

/** The whole text in pieces, nothing left out. Of findings that overlap, the one that begins first and is longest counts. */
export function pieces(text: string, findings: readonly Finding[]): Piece[] {
  const points = [...text];
  const cut: Piece[] = [];
  let at = 0;
  for (const finding of [...findings].sort(firstThenLongest)) {
    if (finding.start < at || finding.end <= finding.start || finding.end > points.length) continue;
    if (finding.start > at) cut.push({ text: points.slice(at, finding.start).join(""), finding: null });
    cut.push({ text: points.slice(finding.start, finding.end).join(""), finding });
    at = finding.end;
  }
  if (at < points.length) cut.push({ text: points.slice(at).join(""), finding: null });
  return cut;
}

function firstThenLongest(one: Finding, other: Finding): number {
  return one.start - other.start || other.end - one.end;
}
