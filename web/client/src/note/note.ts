/** A note in four parts while it is edited: sentences that keep the numbers of the entries they rest on. Pure. */
import type { NoteSentence } from "../wire";

export const PARTS = ["situation", "background", "assessment", "recommendation"] as const;
export type Part = (typeof PARTS)[number];

/** One sentence in hand; `key` is its own for as long as it is edited. */
export interface Line extends NoteSentence {
  key: number;
}

export interface NoteInHand {
  lines: readonly Line[];
  /** The newest entry when the draft was made, or made up to. */
  head: number;
  nextKey: number;
  /** The id it is sent by, however often: it is written once. */
  once: string;
  /** It was sent and nobody has answered yet: what was sent stays as it is. */
  sending?: boolean;
}

export function begun(sentences: readonly NoteSentence[], head: number, once: string): NoteInHand {
  return { lines: sentences.map((one, key) => ({ ...one, key })), head, nextKey: sentences.length, once };
}

export const edited = (note: NoteInHand, key: number, text: string): NoteInHand => ({
  ...note,
  lines: note.lines.map((line) => (line.key === key ? { ...line, text } : line)),
});

export const without = (note: NoteInHand, key: number): NoteInHand => ({
  ...note,
  lines: note.lines.filter((line) => line.key !== key),
});

/** One more sentence of the nurse's own at the end of a part. */
export const withOwn = (note: NoteInHand, part: Part): NoteInHand => withSentence(note, { part, text: "", nos: [] });

/** With the sentences of a newer draft that rest on an entry which came after this one was made. */
export function caughtUp(note: NoteInHand, sentences: readonly NoteSentence[], head: number): NoteInHand {
  const fresh = sentences.filter(({ nos }) => (nos ?? []).some((no) => no > note.head));
  return { ...fresh.reduce(withSentence, note), head };
}

/** What is saved: every sentence that says something, part by part. */
export const kept = (note: NoteInHand): NoteSentence[] =>
  PARTS.flatMap((part) =>
    note.lines
      .filter((line) => line.part === part && line.text.trim() !== "")
      .map(({ text, nos }) => ({ part, text: text.trim(), nos })),
  );

function withSentence(note: NoteInHand, sentence: NoteSentence): NoteInHand {
  return { ...note, lines: [...note.lines, { ...sentence, key: note.nextKey }], nextKey: note.nextKey + 1 };
}
