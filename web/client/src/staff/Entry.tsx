/** One line of the log: words of people as they wrote them, everything else as a quiet line. */
import { type ComponentChildren, toChildArray } from "preact";
import { useRef } from "preact/hooks";
import { Given } from "../advice/Given";
import { Attached } from "../attachment/Attached";
import { Amend } from "../base/Amend";
import { Folded, Linked, otherLanguage } from "../base/Prose";
import { isSaid } from "../base/read_marks";
import { lang, t } from "../base/words";
import { Alarm } from "../followup/Alarm";
import { Submitted } from "../form/Submitted";
import type { Marking } from "../review/MisreadDialog";
import { type Place, selectedIn } from "../review/places";
import type { EntryView, Finding } from "../wire";
import { Aside, isAside } from "./Aside";
import { beginningOf } from "./colleagues";
import type { OpenContact } from "./contact";
import { eventWords } from "./event_words";
import { pieces } from "./highlight";
import { Mark } from "./Others";
import { roleWords } from "./roles";
import { clock } from "./times";
import { valueWords } from "./values";
import type { Workplace } from "./workplace";

export interface EntryProps {
  entry: EntryView;
  contact: OpenContact;
  workplace: Pick<Workplace, "pane">;
  /** Opens where a colleague's question is answered. */
  answer(question_no: number): void;
  /** Opens where words are marked as read wrongly. */
  misread(marking: Marking): void;
  findings: readonly Finding[];
  isNew: boolean;
  /** A colleague or oneself has written since. */
  answered: boolean;
  /** The language of the conversation. */
  spoken: string;
}

export function Entry(props: EntryProps) {
  const { entry } = props;
  const { body } = entry;
  if (isAside(entry)) return <Aside {...props} />;
  if (body.kind === "message" || body.kind === "amended")
    return <Said {...props} text={body.text} written={body.lang} />;
  if (body.kind === "answered") return <Answer entry={entry} wording={body.wording} value={body.value} />;
  if (body.kind === "safety_net_given") return <Given entry={entry} body={body} contact={props.contact} />;
  if (body.kind === "attached")
    return (
      <li
        {...anchor(entry)}
        class="staff-said"
        data-mine={entry.author.kind === "staff"}
        data-new={props.isNew && !entry.mine}
      >
        <Attached body={body} mine={entry.mine} />
        <By entry={entry} />
      </li>
    );
  if (body.kind === "form_submitted")
    return (
      <li {...anchor(entry)} class="staff-said staff-answer" data-new={props.isNew}>
        <Submitted body={body} />
        <By entry={entry} />
      </li>
    );
  if (body.kind === "follow_up_alarm")
    return (
      <li {...anchor(entry)} class="staff-said staff-answer" data-new={props.isNew}>
        <Alarm body={body} />
        <By entry={entry} />
      </li>
    );
  const words = eventWords(entry);
  if (!words) return null;
  return (
    <li {...anchor(entry)} class="staff-event" data-kind={body.kind}>
      <time dateTime={entry.at}>{clock(entry.at)}</time> <span>{words}</span>
    </li>
  );
}

/** So that whatever rests on an entry can show it, and give it the focus. */
export const anchor = ({ no }: EntryView) => ({ id: `entry-${no}`, tabIndex: -1 });

interface SaidProps extends EntryProps {
  text: string;
  /** The language this text is tagged with. */
  written: string | null;
}

function Said({ entry, contact, misread, text, written, findings, isNew, answered, spoken }: SaidProps) {
  const words = useRef<HTMLDivElement>(null);
  const { body } = entry;
  const entries = contact.entries.value;
  const mayMark = contact.mayWrite && entry.author.kind !== "staff";
  const mark = (place: Place) => mayMark && misread({ no: entry.no, ...place });
  const isLastOwn = entry.mine && entries.findLast((one) => one.mine && isSaid(one)) === entry;
  return (
    <li {...anchor(entry)} class="staff-said" data-mine={entry.author.kind === "staff"} data-new={isNew && !entry.mine}>
      {body.kind === "amended" && (
        <p class="staff-question">{t("talk.addendum_to", { what: beginningOf(entries, body.of_no) })}</p>
      )}
      <div ref={words} class="staff-text" dir="auto" lang={written ?? undefined}>
        <Folded
          text={text}
          whole={!answered}
          show={(shown) => <Marked text={shown} findings={findings} choose={mark} />}
        />
      </div>
      <By entry={entry} language={otherLanguage(written, spoken, lang.value)}>
        {mayMark && (
          <button
            type="button"
            class="text-button prose-fold"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mark(words.current ? selectedIn(words.current, text) : { start: 0, end: 0 })}
          >
            {t("review.mark")}
          </button>
        )}
        {isLastOwn && <Mark contact={contact} entry={entry} />}
        {entry.mine && body.kind === "message" && contact.isMine && (
          <Amend writer={contact} entry={entry} field="staff-reply">
            {t("talk.amend")}
          </Amend>
        )}
      </By>
    </li>
  );
}

interface MarkedProps {
  text: string;
  findings: readonly Finding[];
  /** A finding is pointed at; by keyboard the button below the text does the same. */
  choose(place: Place): void;
}

/** The text with what was understood in it marked, and the rest with its links. */
function Marked({ text, findings, choose }: MarkedProps) {
  return (
    <>
      {pieces(text, findings).map(({ text: words, finding }, index) =>
        finding ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the button below the text is there for keys
          <mark
            key={index}
            data-state={finding.state}
            title={`${finding.label}: ${t(`staff.state_${finding.state}`)}`}
            onClick={() => choose({ start: finding.start, end: finding.end })}
          >
            {words}
          </mark>
        ) : (
          <Linked key={index} text={words} />
        ),
      )}
    </>
  );
}

interface AnswerProps {
  entry: EntryView;
  wording: string;
  value: boolean | number | string;
}

/** An answer never stands without its question. */
function Answer({ entry, wording, value }: AnswerProps) {
  return (
    <li {...anchor(entry)} class="staff-said staff-answer">
      <p class="staff-question">{wording}</p>
      <p class="staff-text">
        <Linked text={valueWords(value)} />
      </p>
      <By entry={entry} />
    </li>
  );
}

/** Who writes in another's place is not the patient. */
const patientWords = (role: string) => t(role === "proxy" ? "staff.role_proxy" : "staff.role_patient");

interface ByProps {
  entry: EntryView;
  language?: string | null;
  children?: ComponentChildren;
}

function By({ entry, language = null, children }: ByProps) {
  const { name, role, kind } = entry.author;
  const who = [name, kind === "patient" ? patientWords(role) : roleWords(role)].filter(Boolean).join(", ");
  return (
    <p class="staff-by">
      {who} · <time dateTime={entry.at}>{clock(entry.at)}</time>
      {language && ` · ${language}`}
      {toChildArray(children).map((child) => [" · ", child])}
    </p>
  );
}
