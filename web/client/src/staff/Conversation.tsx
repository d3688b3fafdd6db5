/** The conversation of the open contact: what was said and what happened, in order, and the composer. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Attachments } from "../attachment/Attachments";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import { Standing } from "../handover/Standing";
import { dayWords } from "../letter/own";
import type { Marking } from "../review/MisreadDialog";
import type { EntryView } from "../wire";
import { Actions } from "./Actions";
import { OpenQuestions } from "./Aside";
import { Composer } from "./Composer";
import type { OpenContact } from "./contact";
import { Entry } from "./Entry";
import { saysTheSame } from "./event_words";
import { Others } from "./Others";
import { Protected } from "./Protected";
import { personWords } from "./person";
import { readingOf } from "./reading";
import { refusalWords } from "./refusal_words";
import { roleWords } from "./roles";
import { clock } from "./times";
import type { DialogName, Workplace } from "./workplace";
import "./door_words";
import "./doors.css";

export function Conversation({ workplace }: { workplace: Workplace }) {
  const contact = workplace.open.value;
  const ended = workplace.ended.value;
  return (
    <section class="staff-conversation" aria-label={t("staff.pane_conversation")}>
      {contact && <Opened key={contact.id} contact={contact} workplace={workplace} />}
      {!contact && (ended ? <Ended unsent={ended.unsent} /> : <Nothing />)}
    </section>
  );
}

/** Said in place of what may be read no more. It takes the focus when what had it has gone, and from nobody else. */
function Ended({ unsent }: { unsent: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <div class="staff-empty staff-ended" role="alert">
      <h2 class="ds-heading" data-size="2xs" tabIndex={-1} ref={heading}>
        {t("door.ended")}
      </h2>
      {unsent && <p>{t("door.ended_unsent")}</p>}
    </div>
  );
}

function Nothing() {
  return (
    <div class="staff-empty">
      <p>{t("staff.nothing_open")}</p>
      <p class="staff-small">{t("staff.nothing_open_keys")}</p>
    </div>
  );
}

function Opened({ contact, workplace }: { contact: OpenContact; workplace: Workplace }) {
  const summary = contact.summary.value;
  if (!summary) return <Coming contact={contact} workplace={workplace} />;
  const answer = (question_no: number) => workplace.aside(contact, question_no);
  const misread = (marking: Marking) => workplace.misread(contact, marking);
  return (
    <>
      <Head contact={contact} workplace={workplace} />
      <Actions contact={contact} workplace={workplace} />
      <Standing contact={contact} workplace={workplace} />
      {contact.trouble.value && (
        <p role="alert" class="staff-problem">
          {refusalWords(contact.trouble.value)}
        </p>
      )}
      <Attachments
        contactId={contact.id}
        entries={contact.entries.value}
        sendable={contact.isMine}
        under={() => ({ claim_no: summary.claim_no, seen_no: contact.head })}
      >
        <Log contact={contact} workplace={workplace} answer={answer} misread={misread} />
        <OpenQuestions contact={contact} answer={answer} />
        <Others contact={contact} />
        {contact.maySpeak && (
          <Composer
            contact={contact}
            manage={() => {
              workplace.dialog.value = "templates";
            }}
          />
        )}
      </Attachments>
      {!contact.maySpeak && <p class="staff-readonly">{readOnlyWords(contact)}</p>}
    </>
  );
}

/** What the board knows of it stands there at once; the rest is on its way. */
function Coming({ contact, workplace }: { contact: OpenContact; workplace: Workplace }) {
  const row = workplace.board.rows.value.get(contact.id);
  return (
    <>
      {row && (
        <header class="staff-pane-head">
          <Urgency level={row.urgency} />
          <h2 class="ds-heading" data-size="2xs">
            {personWords(row)}
          </h2>
        </header>
      )}
      <p class="staff-empty">{contact.trouble.value ? refusalWords(contact.trouble.value) : t("staff.loading")}</p>
    </>
  );
}

function Head({ contact, workplace }: { contact: OpenContact; workplace: Workplace }) {
  const summary = contact.summary.value;
  const { opened } = useMemo(() => readingOf(contact.entries.value), [contact.entries.value]);
  if (!summary) return null;
  const show = (name: DialogName) => () => {
    workplace.dialog.value = name;
  };
  return (
    <header class="staff-pane-head">
      <Urgency level={summary.urgency} />
      <h2 class="ds-heading" data-size="2xs">
        {opened ? personWords(opened) : t("staff.pane_conversation")}
      </h2>
      {summary.letter && <b class="staff-row-title">{t("letter.about", { title: summary.letter.title })}</b>}
      {summary.letter?.answer_by && (
        <span class="staff-small">{t("letter.promised", { day: dayWords(summary.letter.answer_by) })}</span>
      )}
      {summary.protection && <Protected protection={summary.protection} />}
      <span class="staff-small">{summary.unit}</span>
      <span class="staff-status">{statusWords(contact)}</span>
      <span class="staff-more">
        <button type="button" class="staff-quiet" onClick={show("know")}>
          {t("door.know")} <kbd>O</kbd>
        </button>
        {workplace.mayShare(contact) && (
          <button type="button" class="staff-quiet" onClick={show("share")}>
            {t("door.share")}
          </button>
        )}
        <button type="button" class="staff-quiet" onClick={show("transcript")}>
          {t("staff.transcript")} …
        </button>
      </span>
    </header>
  );
}

function statusWords(contact: OpenContact): string {
  const summary = contact.summary.value;
  if (summary?.status === "held")
    return contact.isMine ? t("staff.held_me") : t("staff.held_by", { name: holderWords(contact) });
  return summary?.status === "closed" ? t("staff.closed") : t("staff.waiting");
}

/** Whose name is not shown has a role. */
function holderWords(contact: OpenContact): string {
  const { name = "", role = "" } = contact.summary.value?.clinician ?? {};
  return name || roleWords(role);
}

function readOnlyWords(contact: OpenContact): string {
  const summary = contact.summary.value;
  const { door } = contact;
  if (door) return t(`door.read_${door.basis}`, { time: clock(door.until) });
  if (contact.isOutside) return t("door.read_other");
  if (summary?.status === "closed") return t("staff.read_closed");
  if (summary?.status === "held") return t("staff.read_held", { name: holderWords(contact) });
  return t("staff.read_waiting");
}

/** Long enough for a glance: what came while a finger was on its way to Enter has not been read. */
const GLANCE_MS = 500;

/** The newest line counts as seen once it has stood in a visible log for a moment, with nothing over it. */
function useSeen(contact: OpenContact, inSight: boolean): void {
  const head = contact.head;
  useEffect(() => {
    const look = () => {
      if (inSight && !document.hidden && !document.querySelector("dialog[open]")) contact.saw(head);
    };
    const timer = setInterval(look, GLANCE_MS);
    return () => clearInterval(timer);
  }, [contact, head, inSight]);
}

const isAnswer = ({ body, author }: EntryView) => body.kind === "message" && author.kind === "staff";

interface LogProps {
  contact: OpenContact;
  workplace: Workplace;
  answer(question_no: number): void;
  misread(marking: Marking): void;
}

/** A log read from top to bottom; it follows its newest line only while one is reading there. */
function Log({ contact, workplace, answer, misread }: LogProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const inSight = useSignal(true);
  const entries = contact.entries.value;
  const { findings } = useMemo(() => readingOf(entries), [entries]);
  const told = entries.filter((entry) => !saysTheSame(entry, entries));
  const lastAnswer = entries.findLast(isAnswer)?.no ?? 0;
  const newer = new Set(contact.newer.value.map((entry) => entry.no));
  const unsent = contact.unsent.value;
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [entries, unsent]);
  const scrolled = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < 48;
    inSight.value = atEnd.current;
  };
  useSeen(contact, inSight.value);
  return (
    <div
      ref={box}
      class="staff-log"
      role="log"
      aria-label={t("staff.log")}
      data-newer={contact.newer.value.length}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
      tabIndex={0}
      onScroll={scrolled}
    >
      <ol>
        {told.map((entry) => (
          <Entry
            key={entry.no}
            entry={entry}
            contact={contact}
            workplace={workplace}
            answer={answer}
            misread={misread}
            findings={findings.get(entry.no) ?? []}
            isNew={entry.no > contact.openedAt.value || newer.has(entry.no)}
            answered={entry.no < lastAnswer}
            spoken={contact.summary.value?.lang ?? ""}
          />
        ))}
        {unsent.map((one) => (
          <li key={one.client_id} class="staff-said" data-mine="true">
            <p class="staff-text">{one.text}</p>
            <p class="staff-by">{t("staff.not_sent_yet")}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
