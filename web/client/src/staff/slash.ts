/** Finding and filling reply templates in what is being written. Pure: knows no screen and no server. */
import type { Fills, Template } from "../wire";

/** What is being written after a slash. */
export interface Slash {
  /** Where the slash stands. */
  from: number;
  word: string;
}

const WORD = /(?:^|\s)\/([a-zåäöæø0-9-]*)$/i;
const EXPANDS = /(?:^|\s)\/([a-zåäöæø0-9-]+)\s$/i;
const PLACE = /\{(name|unit|clinician|phone|emergency|advice)\}/g;

/** The slash and what follows it up to the cursor, when that is where one writes. */
export function slashAt(text: string, cursor: number): Slash | null {
  const word = WORD.exec(text.slice(0, cursor))?.[1];
  return word === undefined ? null : { from: cursor - word.length - 1, word: word.toLowerCase() };
}

/** An abbreviation that has just been finished by a space or a new line. */
export function finishedAt(text: string, cursor: number): Slash | null {
  const word = EXPANDS.exec(text.slice(0, cursor))?.[1];
  return word === undefined ? null : { from: cursor - word.length - 2, word: word.toLowerCase() };
}

/** Templates of a language that the word may mean: whole abbreviations first, then own before shared. */
export function matching(templates: readonly Template[], spoken: string, word: string): Template[] {
  const fits = ({ lang, abbreviation, title }: Template) =>
    lang === spoken && (abbreviation.startsWith(word) || title.toLowerCase().includes(word));
  const rank = (one: Template) => (one.abbreviation === word ? 0 : 2) + (one.unit_id === "" ? 0 : 1);
  return templates.filter(fits).sort((one, other) => rank(one) - rank(other));
}

/** The one template this abbreviation stands for; null when there is none, or when two could be meant. */
export function meant(templates: readonly Template[], spoken: string, word: string): Template | null {
  const same = matching(templates, spoken, word).filter(({ abbreviation }) => abbreviation === word);
  const own = same.filter(({ unit_id }) => unit_id === "");
  const candidates = own.length ? own : same;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** The text with its places filled; what is not known keeps its braces, so that nobody overlooks it. */
export function filled(text: string, fills: Fills): string {
  return text.replace(PLACE, (place, name: keyof Fills) => fills[name] || place);
}

/** Places that nobody has filled in yet. */
export function placesLeft(text: string): string[] {
  return [...new Set(text.match(PLACE) ?? [])];
}
