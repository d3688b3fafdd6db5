/** What the newest assessment and the log say about a contact, gathered for the facts pane. Pure. */
import type { Answered, Assessed, EntryView, Finding, Opened, Reach, UrgencySet } from "../wire";

export interface Reading {
  opened: Opened | null;
  patient: string;
  assessed: Assessed | null;
  /** The level a person set, and who: it stands above the assessment until something raises it again. */
  set: { body: UrgencySet; by: string; at: string } | null;
  reach: Reach | null;
  answers: (Answered & { no: number })[];
  /** Findings by the number of the entry they were read in. */
  findings: ReadonlyMap<number, Finding[]>;
}

type Kind = EntryView["body"]["kind"];
type BodyOf<K extends Kind> = Extract<EntryView["body"], { kind: K }>;

export function readingOf(entries: readonly EntryView[]): Reading {
  const set = last(entries, "urgency_set");
  const assessed = last(entries, "assessed")?.body ?? null;
  return {
    opened: last(entries, "opened")?.body ?? null,
    patient: entries.find((entry) => entry.author.kind === "patient")?.author.name ?? "",
    assessed,
    set: set && { body: set.body, by: set.entry.author.name, at: set.entry.at },
    reach: last(entries, "reach")?.body ?? null,
    answers: entries.flatMap(({ no, body }) => (body.kind === "answered" ? [{ ...body, no }] : [])),
    findings: byEntry(assessed?.findings ?? []),
  };
}

function last<K extends Kind>(entries: readonly EntryView[], kind: K): { entry: EntryView; body: BodyOf<K> } | null {
  const entry = entries.findLast(({ body }) => body.kind === kind);
  return entry ? { entry, body: entry.body as BodyOf<K> } : null;
}

function byEntry(findings: readonly Finding[]): ReadonlyMap<number, Finding[]> {
  const groups = new Map<number, Finding[]>();
  for (const finding of findings) groups.set(finding.entry, [...(groups.get(finding.entry) ?? []), finding]);
  return groups;
}
