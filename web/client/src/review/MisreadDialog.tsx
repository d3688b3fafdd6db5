/** Staff mark words of the patient that were read wrongly, and say what should have been read. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { AskDialog, TextField } from "../staff/Dialog";
import { readingOf } from "../staff/reading";
import type { EntryView, Finding } from "../wire";
import { ConceptField, type State, StateField, stateChoices } from "./ConceptField";
import { useConcepts } from "./concepts";
import { inPoints, inUnits, type Place, wordsAt } from "./places";
import "./words";
import "./review.css";

/** Where the mark begins: an entry of the patient, and a place in its text that may still be empty. */
export interface Marking extends Place {
  no: number;
}

export interface MisreadDialogProps {
  contact: OpenContact;
  close(): void;
}

export function MisreadDialog({ contact, close }: MisreadDialogProps) {
  const [marking] = useState<Marking>(contact.marking.value ?? { no: 0, start: 0, end: 0 });
  const concepts = useConcepts(contact.connection);
  const text = textOf(contact.entries.value.find(({ no }) => no === marking.no));
  const found = readingOf(contact.entries.value).findings.get(marking.no) ?? [];
  const [place, setPlace] = useState<Place>(marking);
  const there = found.filter((one) => one.start < place.end && place.start < one.end);
  const [meant, setMeant] = useState(there[0]?.concept ?? "");
  const [as, setAs] = useState<State | "nothing">(there.length > 0 ? "nothing" : "has");
  const [comment, setComment] = useState("");
  const none = as === "nothing";
  return (
    <AskDialog
      title={t("review.mark_title")}
      close={close}
      does={t("review.mark_do")}
      ready={place.end > place.start && (none || meant !== "")}
      act={() => {
        const meaning = none ? {} : { meant, meant_as: as };
        return contact.markReading({ entry: marking.no, ...place, ...meaning, comment: comment.trim() });
      }}
    >
      <p>{t("review.mark_lead")}</p>
      <Selected text={text} place={place} select={setPlace} />
      <p>
        <strong>{t("review.read_as")}</strong> {readWords(there)}
      </p>
      <StateField<State | "nothing">
        label={t("review.meant")}
        value={as}
        states={[["nothing", t("review.meant_nothing")], ...stateChoices()]}
        change={setAs}
      />
      {!none && <ConceptField concepts={concepts} value={meant} change={setMeant} />}
      <TextField label={t("review.comment")} value={comment} change={setComment} />
    </AskDialog>
  );
}

const textOf = (entry: EntryView | undefined): string => (entry && "text" in entry.body ? entry.body.text : "");

export const readWords = (found: readonly Pick<Finding, "label" | "state">[]): string =>
  found.map(({ label, state }) => `${label} (${t(`staff.state_${state}`)})`).join(", ") || t("review.nothing");

interface SelectedProps {
  text: string;
  place: Place;
  select(place: Place): void;
}

/** A field nobody writes in: words are selected in it by pointer, finger and keyboard alike. */
function Selected({ text, place, select }: SelectedProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const { start, end } = inUnits(text, place);
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  }, []);
  return (
    <label class="staff-field">
      {t("review.mark_words")}
      <textarea
        ref={field}
        class="ds-input review-marking"
        readOnly
        rows={4}
        value={text}
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) => {
          if (selectionEnd > selectionStart) select(inPoints(text, { start: selectionStart, end: selectionEnd }));
        }}
      />
      <span class="staff-small" aria-live="polite">
        {place.end > place.start ? `“${wordsAt(text, place)}”` : t("review.mark_none")}
      </span>
    </label>
  );
}
