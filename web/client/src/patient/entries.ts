/** What a contact's entries say, as pure functions of the list. */
import type { Chip, EntryView, Question, Understood } from "../wire";

export type Kind = EntryView["body"]["kind"];
export type BodyOf<K extends Kind> = Extract<EntryView["body"], { kind: K }>;

/** Bodies of one kind, oldest first. */
export function bodies<K extends Kind>(entries: readonly EntryView[], kind: K): BodyOf<K>[] {
  return entries.map((entry) => entry.body).filter((body): body is BodyOf<K> => body.kind === kind);
}

export function latestUnderstood(entries: readonly EntryView[]): Understood | null {
  return bodies(entries, "understood").at(-1) ?? null;
}

/** The label of a concept as it was shown to the patient; concepts never shown are left out. */
export function labels(entries: readonly EntryView[], concepts: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const body of bodies(entries, "understood")) {
    for (const chip of body.chips) known.set(chip.concept, chip.label);
  }
  return concepts.flatMap((concept) => known.get(concept) ?? []);
}

/** The questions still to be put: asked for now, and neither answered nor passed over. */
export function openQuestions(understood: Understood | null, done: ReadonlySet<string>): Question[] {
  return (understood?.ask ?? []).filter((question) => !done.has(question.id));
}

/** Chips by state, so that each group can be worded on its own. */
export function grouped(chips: readonly Chip[]): Record<Chip["state"], Chip[]> {
  const groups: Record<Chip["state"], Chip[]> = { has: [], has_not: [], unsure: [] };
  for (const chip of chips) groups[chip.state].push(chip);
  return groups;
}
