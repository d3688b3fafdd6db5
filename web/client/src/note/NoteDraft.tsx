/** The draft of a note in the facts pane, beside the conversation it rests on: each sentence leads to its entries. */
import { useEffect } from "preact/hooks";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { lang, t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { Fact } from "../staff/Fact";
import type { Workplace } from "../staff/workplace";
import { begun, caughtUp, edited, kept, type Line, type NoteInHand, PARTS, type Part, withOwn, without } from "./note";
import { showEntry } from "./show_entry";
import "./note.css";
import "./words";

/** Makes the draft, unless there is one in hand already; then that one is gone on with. */
export async function beginNote(contact: OpenContact): Promise<void> {
  if (contact.noteDraft.value) return focusFirst();
  contact.drafting.value = true;
  const draft = await contact.draftNote(lang.value);
  contact.drafting.value = false;
  if (draft instanceof Refusal) contact.trouble.value = draft.code;
  else contact.noteDraft.value ??= begun(draft.sentences, draft.head, newId());
}

const focusFirst = () => document.querySelector<HTMLTextAreaElement>(".note-draft textarea")?.focus();

export interface NoteDraftProps {
  contact: OpenContact;
  workplace: Workplace;
}

export function NoteDraft({ contact, workplace }: NoteDraftProps) {
  const note = contact.noteDraft.value;
  if (note) return <Form note={note} contact={contact} workplace={workplace} />;
  if (!contact.mayWrite) return null;
  return (
    <p>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-busy={contact.drafting.value}
        onClick={() => void beginNote(contact)}
      >
        {t(contact.drafting.value ? "staff.loading" : "note.begin")} <kbd>M</kbd>
      </button>
    </p>
  );
}

function Form({ note, contact, workplace }: NoteDraftProps & { note: NoteInHand }) {
  const change = (next: NoteInHand | null) => {
    contact.noteDraft.value = next;
  };
  const send = async (sent: NoteInHand) => {
    change({ ...sent, sending: true });
    const refusal = await contact.noteInParts(kept(sent), lang.value, sent.once);
    change(refusal ? { ...sent, sending: false, once: newId() } : null); // a refused one was not written
  };
  const save = () => (note.sending || kept(note).length === 0 ? undefined : void send(note));
  useEffect(() => {
    focusFirst();
    if (note.sending) void send(note); // one has been elsewhere since: asked again, written once
  }, []);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    if (event.key === "Enter" && event.ctrlKey) save();
  };
  return (
    <Fact title={t("note.title")}>
      <form
        class="note-draft"
        onKeyDown={pressed}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p class="staff-small" role={note.sending ? "status" : undefined}>
          {t(note.sending ? "note.sending" : "note.lead")}
        </p>
        {!note.sending && <Newer note={note} contact={contact} />}
        {PARTS.map((part) => (
          <PartField key={part} part={part} note={note} workplace={workplace} change={change} />
        ))}
        <div class="staff-dialog-foot">
          <button type="submit" class="ds-button" disabled={note.sending || kept(note).length === 0}>
            {t("note.save")} <kbd>Ctrl+Enter</kbd>
          </button>
          <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            disabled={note.sending}
            onClick={() => change(null)}
          >
            {t("note.discard")}
          </button>
        </div>
      </form>
    </Fact>
  );
}

/** What came after the draft was made is taken in when the nurse asks: nothing moves under what they write. */
function Newer({ note, contact }: { note: NoteInHand; contact: OpenContact }) {
  const isNewer = contact.entries.value.some(({ no, body }) => no > note.head && body.kind !== "read");
  if (!isNewer) return null;
  const take = async () => {
    const draft = await contact.draftNote(lang.value);
    const now = contact.noteDraft.value;
    if (!(draft instanceof Refusal) && now) contact.noteDraft.value = caughtUp(now, draft.sentences, draft.head);
  };
  return (
    <p role="status" class="note-newer">
      {t("note.newer")}{" "}
      <button type="button" class="text-button" onClick={() => void take()}>
        {t("note.take_newer")}
      </button>
    </p>
  );
}

interface PartFieldProps {
  part: Part;
  note: NoteInHand;
  workplace: Workplace;
  change(note: NoteInHand): void;
}

function PartField({ part, note, workplace, change }: PartFieldProps) {
  const lines = note.lines.filter((line) => line.part === part);
  return (
    <fieldset disabled={note.sending}>
      <legend>{t(`note.${part}`)}</legend>
      {lines.map((line, at) => (
        <Sentence
          key={line.key}
          line={line}
          label={t("note.sentence", { part: t(`note.${part}`), n: at + 1 })}
          workplace={workplace}
          edit={(text) => change(edited(note, line.key, text))}
          remove={() => change(without(note, line.key))}
        />
      ))}
      <button type="button" class="text-button" onClick={() => change(withOwn(note, part))}>
        {t("note.add")}
      </button>
    </fieldset>
  );
}

interface SentenceProps {
  line: Line;
  label: string;
  workplace: Workplace;
  edit(text: string): void;
  remove(): void;
}

function Sentence({ line, label, workplace, edit, remove }: SentenceProps) {
  return (
    <div class="note-line">
      <textarea
        class="ds-input"
        rows={1}
        aria-label={label}
        value={line.text}
        onInput={(event) => edit(event.currentTarget.value)}
      />
      <span class="note-foot">
        <Links nos={line.nos ?? []} workplace={workplace} />
        <button type="button" class="text-button" aria-label={`${t("note.remove")}: ${label}`} onClick={remove}>
          {t("note.remove")}
        </button>
      </span>
    </div>
  );
}

/** The entries a sentence rests on, each shown by a press. */
export function Links({ nos, workplace }: { nos: readonly number[]; workplace: Pick<Workplace, "pane"> }) {
  if (nos.length === 0) return <span class="staff-small">{t("note.own")}</span>;
  return (
    <>
      {nos.map((no) => (
        <button
          key={no}
          type="button"
          class="text-button note-link"
          aria-label={t("note.show", { no })}
          onClick={() => showEntry(workplace, no)}
        >
          {no}
        </button>
      ))}
    </>
  );
}
