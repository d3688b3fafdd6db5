/**
 * Web addresses and telephone numbers in what people write, found so that they can be made into links. Pure.
 * Only https, http and tel; what is not certain stays plain text, and so do identity numbers, dates and measurements.
 */
import { find } from "linkifyjs";

export interface Stretch {
  text: string;
  /** Where it leads; null for plain text. */
  href: string | null;
}

interface Found {
  start: number;
  end: number;
  href: string;
}

const GROUPED = "(?:[ \\u00a0-]?\\d)";
/** +46 70 123 45 67; 070-123 45 67; 22 33 44 55 and 900 12 345 as Norwegians write them; a mobile number in one go. */
const NUMBER = new RegExp(
  `(?<![\\d\\p{L}/.,:+-])(?:\\+\\d${GROUPED}{8,13}|0\\d${GROUPED}{6,9}|[2-9]\\d(?: \\d{2}){3}|[49]\\d{2} \\d{2} \\d{3}|[49]\\d{7})(?![\\d\\p{L}/:]|[.,-]\\d)`,
  "gu",
);
/** The short numbers of both countries: 112 and 113 only where one is told to ring them, since a pulse is a number too. */
const SHORT =
  /(?<![\d\p{L}/.,:+-])(?:1177|116 ?117)(?![\d\p{L}/:-])|(?<=(?:ring|ringa|ringer|ringe|call|dial)\s)11[23](?!\d)/giu;
const IDENTITY = /^\d{6}[-+ ]?\d{4}$|^\d{6} ?\d{5}$/;
const DATE = /^\d{2}-\d{2}-\d{2,4}$/;
const MOBILE = /^07\d{8}$/;

/** The whole text in stretches, nothing left out and nothing changed. */
export function stretches(text: string): Stretch[] {
  const found = [...addresses(text), ...numbers(text)].sort((one, other) => one.start - other.start);
  const cut: Stretch[] = [];
  let at = 0;
  for (const { start, end, href } of found) {
    if (start < at) continue;
    if (start > at) cut.push({ text: text.slice(at, start), href: null });
    cut.push({ text: text.slice(start, end), href });
    at = end;
  }
  if (at < text.length) cut.push({ text: text.slice(at), href: null });
  return cut;
}

function addresses(text: string): Found[] {
  return find(text, "url", { defaultProtocol: "https" }).flatMap(({ start, end, href }) =>
    /^https?:\/\//i.test(href) ? [{ start, end, href }] : [],
  );
}

function numbers(text: string): Found[] {
  return [...text.matchAll(NUMBER), ...text.matchAll(SHORT)].flatMap((match) => {
    const [written] = match;
    if (DATE.test(written) || (IDENTITY.test(written) && !MOBILE.test(written))) return [];
    return [{ start: match.index, end: match.index + written.length, href: `tel:${written.replace(/[^\d+]/g, "")}` }];
  });
}
