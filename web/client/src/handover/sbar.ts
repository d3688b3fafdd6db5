/**
 * A draft in four parts from what lies in the contact: every sentence knows the entry it comes from. What only a person
 * can judge, the recommendation, stays empty. Pure but for the language.
 */
import { t } from "../base/words";
import { personWords } from "../staff/person";
import { readingOf } from "../staff/reading";
import { valueWords } from "../staff/values";
import type { EntryView } from "../wire";

export const PARTS = ["situation", "background", "assessment", "recommendation"] as const;
export type Part = (typeof PARTS)[number];

export interface Sentence {
  text: string;
  /** Number of the entry it rests on. */
  no: number;
}

export type Sbar = Record<Part, Sentence[]>;

export function draftOf(entries: readonly EntryView[]): Sbar {
  return {
    situation: situationOf(entries),
    background: entries.flatMap(({ no, body }) =>
      body.kind === "answered" ? [{ no, text: `${body.wording} ${valueWords(body.value)}.` }] : [],
    ),
    assessment: assessmentOf(entries),
    recommendation: [],
  };
}

/** The sentences of a part as one text. */
export const textOf = (sentences: readonly Sentence[]): string => sentences.map(({ text }) => text).join(" ");

function situationOf(entries: readonly EntryView[]): Sentence[] {
  const opened = entries.find(({ body }) => body.kind === "opened");
  const said = entries.find(({ body, author }) => body.kind === "message" && author.kind === "patient");
  return [
    ...(opened?.body.kind === "opened" ? [{ no: opened.no, text: `${personWords(opened.body)}.` }] : []),
    ...(said?.body.kind === "message" ? [{ no: said.no, text: `“${said.body.text.trim()}”` }] : []),
  ];
}

function assessmentOf(entries: readonly EntryView[]): Sentence[] {
  const entry = entries.findLast(({ body }) => body.kind === "assessed");
  const set = entries.findLast(({ body }) => body.kind === "urgency_set");
  const { assessed } = readingOf(entries);
  const judged = set && set.no > (entry?.no ?? 0) ? set : null;
  const level = (judged?.body.kind === "urgency_set" ? judged.body : assessed)?.urgency;
  if (!level || !entry || !assessed) return [];
  const reasons = assessed.reasons.filter(({ text }) => text).map(({ text }) => ({ no: entry.no, text: `${text}.` }));
  const denied = assessed.denied.map((what) => ({ no: entry.no, text: `${t("staff.says_no", { what })}.` }));
  const why = judged?.body.kind === "urgency_set" ? [{ no: judged.no, text: `${judged.body.reason}.` }] : [];
  return [{ no: (judged ?? entry).no, text: `${t(`base.urgency_${level}`)}.` }, ...why, ...reasons, ...denied];
}
