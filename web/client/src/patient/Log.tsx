/** The conversation: everything said, in order, with who and when; what has not been sent stands last, visibly waiting. */
import { useEffect, useRef } from "preact/hooks";
import { Attached } from "../attachment/Attached";
import { Amend } from "../base/Amend";
import { clock } from "../base/clock";
import { beginning } from "../base/fold";
import { Folded, Linked, otherLanguage } from "../base/Prose";
import { isSaid, readAt } from "../base/read_marks";
import "../duty/words";
import { hasWords, lang, locale, t } from "../base/words";
import { alarmWords } from "../followup/alarm";
import { inMine } from "../form/text";
import { vitalsWords } from "../vitals/vitals";
import "../captions/words";
import "../letter/words";
import "../visit/photo_words";
import type { EntryView } from "../wire";
import type { Contact } from "./contact";
import { type BodyOf, type Kind, labels } from "./entries";
import { Net } from "./Net";
import type { Unsent } from "./outbox";
import { refusalWords } from "./Page";
import { line } from "./session";

/** `still`: something more important stands above, so nothing scrolls away from it. */
export function Log({ contact, still }: { contact: Contact; still: boolean }) {
  const end = useRef<HTMLDivElement>(null);
  const lines = linesOf(contact.entries.value, contact.summary.value?.unit ?? "");
  const unsent = contact.outbox.unsent.value;
  const lastOwn = contact.entries.value.findLast((entry) => entry.mine && isSaid(entry))?.no ?? 0;
  useNewestInView(end, lines.length + unsent.length, still);
  return (
    <div class="log" role="log" aria-label={t("patient.log")} aria-live="polite">
      {lines.map(({ entry, text }) => (
        <Line key={entry.no} contact={contact} entry={entry} text={text} isLastOwn={entry.no === lastOwn} />
      ))}
      {unsent.map((item) => (
        <Waiting key={item.client_id} item={item} onGiveUp={() => contact.outbox.remove(item.client_id)} />
      ))}
      <div ref={end} />
    </div>
  );
}

/** Someone writes to the patient now. Beside the log: a screen reader is not told of every beginning. */
export function Writing({ contact }: { contact: Contact }) {
  const writer = contact.presence.others.value.find((one) => one.state === "typing");
  return (
    <p class="writing" aria-hidden="true">
      {writer && t("patient.writes_now", { who: writer.who.name || roleWords(writer.who.role) })}
    </p>
  );
}

/** What came first on the screen stays where it is; what comes later is brought into view, unless one reads far above. */
function useNewestInView(end: { current: HTMLDivElement | null }, count: number, still: boolean): void {
  const shown = useRef(count);
  useEffect(() => {
    if (!still && shown.current > 0 && count > shown.current && belowFold() < innerHeight)
      end.current?.scrollIntoView({ block: "nearest" });
    shown.current = count;
  }, [end, count, still]);
}

/** How much of the page lies below what is seen, in pixels. */
const belowFold = () => document.documentElement.scrollHeight - scrollY - innerHeight;

interface Context {
  entries: readonly EntryView[];
  unit: string;
}

/** Entries that say something here. The same quiet line twice in a row of the same kind is said once. */
function linesOf(entries: readonly EntryView[], unit: string): { entry: EntryView; text: string }[] {
  const said = new Map<Kind, string>();
  return entries.flatMap((entry) => {
    const text = textOf(entry, { entries, unit });
    if (text === null || (entry.body.kind in QUIET && said.get(entry.body.kind) === text)) return [];
    said.set(entry.body.kind, text);
    return [{ entry, text }];
  });
}

/** What an entry says to the patient; null for what says nothing. */
export function textOf({ body }: EntryView, context: Context): string | null {
  if (body.kind === "message" || body.kind === "amended") return body.text;
  if (body.kind === "attached") return body.caption || body.name;
  if (body.kind === "safety_net_given") return body.text;
  if (body.kind === "answered") return answerWords(body.value);
  const wording = QUIET[body.kind] as ((body: EntryView["body"], context: Context) => string | null) | undefined;
  return wording?.(body, context) ?? null;
}

type Wordings = { [K in Kind]?: (body: BodyOf<K>, context: Context) => string | null };

const listed = (items: readonly string[]) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);

/** Quiet lines between the messages. A kind that is not here says nothing to the patient. */
const QUIET: Wordings = {
  reach: (body) => t("patient.log_reach", { place: body.place, phone: body.phone }),
  letter_written: ({ title }) => t("letter.log_written", { title }),
  letter_turned: ({ into }) => t(`letter.log_turned_${into}`),
  queued: (_, { unit }) => t("patient.log_queued", { unit }),
  claimed: ({ name, role }, { unit }) =>
    name
      ? t("patient.log_claimed", { name, role: roleWords(role) })
      : t("patient.log_claimed_nameless", { role: roleWords(role), unit }),
  handed_back: () => t("patient.log_handed_back"),
  hand_over_offered: ({ to_name, to_role }) => t("patient.log_joining", { name: to_name || roleWords(to_role) }),
  handed_over: ({ name, role, unit_name, moved }) =>
    t(moved ? "patient.log_moved" : "patient.log_handed_over", { name: name || roleWords(role), unit: unit_name }),
  looked_in: () => t("patient.log_looked_in"),
  visit_started: () => t("patient.log_visit_started"),
  visit_joined: ({ name }, { unit }) =>
    t("patient.log_visit_joined", { name: name || t("patient.staff_at", { unit }) }),
  visit_expected: ({ at_ms }) => t("patient.log_visit_expected", { time: clock(new Date(at_ms).toISOString()) }),
  visit_missed: ({ name, role }) =>
    role === "patient" ? t("patient.log_visit_missed_you") : t("patient.log_visit_missed", { name }),
  visit_ended: () => t("patient.log_visit_ended"),
  guest_invited: ({ name, role }) => t("patient.log_guest_invited", { name, role: t(`patient.guest_${role}`) }),
  guest_withdrawn: ({ name }) => t("patient.log_guest_withdrawn", { name }),
  vitals_told: ({ vitals }) => t("vitals.log", { what: vitalsWords(vitals) }),
  follow_up_opened: ({ programme }) => t("followup.log_opened", { programme: inMine(programme) }),
  follow_up_alarm: (body, { unit }) => t("followup.log_alarm", { unit, why: alarmWords(body) }),
  form_news: ({ what, title }) => t(`form.log_${what}`, { title: inMine(title) }),
  form_withdrawn: () => t("form.closed"),
  photo_asked: () => t("photo.log_asked"),
  photo_answered: ({ yes }) => t(yes ? "photo.log_yes" : "photo.log_no"),
  captions_asked: ({ name }, { unit }) => t("captions.event_asked", { who: name || t("patient.staff_at", { unit }) }),
  captions_answered: ({ name, yes }, { unit }) =>
    t(yes ? "captions.event_yes" : "captions.event_no", { name: name || t("patient.staff_at", { unit }) }),
  erased: () => t("patient.log_erased"),
  on_call_alerted: ({ told }) => t(told ? "duty.log_alerted" : "duty.log_nobody"),
  closed: () => t("patient.log_closed"),
  reopened: () => t("patient.log_reopened"),
  reminded: (body) => {
    if (body.step === "told") return null;
    return body.step === "safety_net" ? body.text : t(`patient.log_${body.step}`);
  },
  call_tried: ({ outcome }) =>
    t(`patient.log_called_${outcome === "no_answer" || outcome === "left_message" ? "missed" : outcome}`),
  understood: (body) => {
    const has = body.chips.filter((chip) => chip.state === "has").map((chip) => chip.label);
    return has.length > 0 ? t("patient.log_understood", { what: listed(has) }) : null;
  },
  corrected: (body, { entries }) => {
    const struck = labels(entries, body.struck);
    const added = labels(entries, body.added);
    const parts = [
      struck.length > 0 && t("patient.log_struck", { what: listed(struck) }),
      added.length > 0 && t("patient.log_added", { what: listed(added) }),
    ];
    return parts.filter(Boolean).join(" ") || null;
  },
};

interface LineProps {
  contact: Contact;
  entry: EntryView;
  text: string;
  isLastOwn: boolean;
}

function Line({ contact, entry, text, isLastOwn }: LineProps) {
  const { body } = entry;
  if (body.kind === "answered") return <Bubble contact={contact} entry={entry} question={body.wording} text={text} />;
  if (body.kind === "attached") return <Bubble contact={contact} entry={entry} text={text} />;
  if (body.kind === "safety_net_given")
    return <Net contact={contact} entry={entry} body={body} author={authorWords(entry)} />;
  if (body.kind === "message" || body.kind === "amended")
    return <Bubble contact={contact} entry={entry} text={text} written={body.lang} isLastOwn={isLastOwn} />;
  return (
    <p class="quiet" data-kind={body.kind}>
      {text}
    </p>
  );
}

interface BubbleProps {
  contact: Contact;
  entry: EntryView;
  text: string;
  question?: string;
  /** The language this text is tagged with. */
  written?: string | null;
  isLastOwn?: boolean;
}

function Bubble({ contact, entry, text, question, written = null, isLastOwn = false }: BubbleProps) {
  const other = otherLanguage(written, contact.summary.value?.lang ?? "", lang.value);
  const author = entry.mine ? t("patient.you") : authorWords(entry);
  return (
    <article class="bubble" data-mine={entry.mine} data-kind={entry.body.kind}>
      <header>
        <strong>{author}</strong> <time dateTime={entry.at}>{clock(entry.at)}</time>
        {other && ` · ${other}`}
      </header>
      {question && <p class="bubble-question">{question}</p>}
      <AddendumTo entry={entry} entries={contact.entries.value} />
      {entry.body.kind === "attached" ? (
        <Attached body={entry.body} mine={entry.mine} />
      ) : (
        <div class="bubble-text" dir="auto" lang={written ?? undefined}>
          <Folded text={text} show={(shown) => <Linked text={shown} />} />
        </div>
      )}
      {entry.mine && entry.body.kind === "message" && <Own contact={contact} entry={entry} isLast={isLastOwn} />}
      {entry.mine && entry.body.kind === "amended" && isLastOwn && <Mark contact={contact} entry={entry} />}
    </article>
  );
}

/** An addendum names the message it belongs to; that one stays where and as it was. */
function AddendumTo({ entry, entries }: { entry: EntryView; entries: readonly EntryView[] }) {
  if (entry.body.kind !== "amended") return null;
  const { of_no } = entry.body;
  const original = entries.find((one) => one.no === of_no)?.body;
  const what = original?.kind === "message" ? beginning(original.text) : "";
  return <p class="bubble-question">{t("patient.addendum_to", { what })}</p>;
}

function Own({ contact, entry, isLast }: { contact: Contact; entry: EntryView; isLast: boolean }) {
  return (
    <footer class="own">
      {isLast && <Mark contact={contact} entry={entry} />}
      {contact.summary.value?.status !== "closed" && (
        <Amend writer={contact} entry={entry} field="message">
          {t("patient.amend")}
        </Amend>
      )}
    </footer>
  );
}

/** Received says that it lies with the unit; read says that a person has had it before them. */
function Mark({ contact, entry }: { contact: Contact; entry: EntryView }) {
  const at = readAt(contact.entries.value, entry.no, "staff");
  return <span class="receipt">{at ? t("patient.read_at", { time: clock(at) }) : t("patient.received")}</span>;
}

function Waiting({ item, onGiveUp }: { item: Unsent; onGiveUp: () => void }) {
  if (item.name !== "message:post" && item.name !== "message:amend") return null;
  const { text } = item.request as { text: string };
  return (
    <article class="bubble" data-mine="true" data-unsent="">
      <header>
        <strong>{t("patient.you")}</strong>
      </header>
      <p class="bubble-text" dir="auto">
        {text}
      </p>
      {item.refused ? (
        <p class="refused">
          {t("patient.not_sent_because", { why: refusalWords(item.refused) })}{" "}
          <button type="button" class="text-button" onClick={onGiveUp}>
            {t("patient.remove")}
          </button>
        </p>
      ) : (
        <p class="unsent">{t(line().line.value === "up" ? "patient.sending" : "patient.waiting")}</p>
      )}
    </article>
  );
}

function answerWords(value: boolean | number | string): string {
  if (typeof value === "boolean") return t(value ? "patient.yes" : "patient.no");
  return typeof value === "number" ? new Intl.NumberFormat(locale()).format(value) : value;
}

function authorWords({ author }: EntryView): string {
  const role = roleWords(author.role);
  if (!author.name) return role || "Fyr";
  return role ? `${author.name}, ${role}` : author.name;
}

/** A role in words; one we have no word for is shown as the server wrote it. */
export function roleWords(role: string): string {
  const key = `patient.role_${role}`;
  return hasWords(key) ? t(key) : role;
}
