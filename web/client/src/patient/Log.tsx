/** The conversation: everything said, in order, with who and when; what has not been sent stands last, visibly waiting. */
import { useEffect, useRef } from "preact/hooks";
import { Folded, Linked, otherLanguage } from "../base/Prose";
import { hasWords, lang, locale, t } from "../base/words";
import type { EntryView } from "../wire";
import type { Contact } from "./contact";
import { type BodyOf, type Kind, labels } from "./entries";
import type { Unsent } from "./outbox";
import { refusalWords } from "./Page";
import { line } from "./session";

/** `still`: something more important stands above, so nothing scrolls away from it. */
export function Log({ contact, still }: { contact: Contact; still: boolean }) {
  const end = useRef<HTMLDivElement>(null);
  const lines = linesOf(contact.entries.value, contact.summary.value?.unit ?? "");
  const unsent = contact.outbox.unsent.value;
  useNewestInView(end, lines.length + unsent.length, still);
  return (
    <div class="log" role="log" aria-label={t("patient.log")} aria-live="polite">
      {lines.map(({ entry, text }) => (
        <Line key={entry.no} entry={entry} text={text} spoken={contact.summary.value?.lang ?? ""} />
      ))}
      {unsent.map((item) => (
        <Waiting key={item.client_id} item={item} onGiveUp={() => contact.outbox.remove(item.client_id)} />
      ))}
      <div ref={end} />
    </div>
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

function textOf({ body }: EntryView, context: Context): string | null {
  if (body.kind === "message") return body.text;
  if (body.kind === "answered") return answerWords(body.value);
  const wording = QUIET[body.kind] as ((body: EntryView["body"], context: Context) => string | null) | undefined;
  return wording?.(body, context) ?? null;
}

type Wordings = { [K in Kind]?: (body: BodyOf<K>, context: Context) => string | null };

const listed = (items: readonly string[]) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);

/** Quiet lines between the messages. A kind that is not here says nothing to the patient. */
const QUIET: Wordings = {
  reach: (body) => t("patient.log_reach", { place: body.place, phone: body.phone }),
  queued: (_, { unit }) => t("patient.log_queued", { unit }),
  claimed: (body) => t("patient.log_claimed", { name: body.name, role: roleWords(body.role) }),
  handed_back: () => t("patient.log_handed_back"),
  visit_started: () => t("patient.log_visit_started"),
  visit_joined: (body) => t("patient.log_visit_joined", { name: body.name }),
  visit_ended: () => t("patient.log_visit_ended"),
  closed: () => t("patient.log_closed"),
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

/** `spoken`: the language of the conversation. */
function Line({ entry, text, spoken }: { entry: EntryView; text: string; spoken: string }) {
  const { body } = entry;
  if (body.kind === "message") return <Bubble entry={entry} text={text} written={body.lang} spoken={spoken} />;
  if (body.kind === "answered") return <Bubble entry={entry} question={body.wording} text={text} />;
  return (
    <p class="quiet" data-kind={body.kind}>
      {text}
    </p>
  );
}

interface BubbleProps {
  entry: EntryView;
  text: string;
  question?: string;
  /** The language this text is tagged with. */
  written?: string | null;
  spoken?: string;
}

function Bubble({ entry, text, question, written = null, spoken = "" }: BubbleProps) {
  const other = otherLanguage(written, spoken, lang.value);
  const author = entry.mine ? t("patient.you") : authorWords(entry);
  return (
    <article class="bubble" data-mine={entry.mine} data-kind={entry.body.kind}>
      <header>
        <strong>{author}</strong> <time dateTime={entry.at}>{clock(entry.at)}</time>
        {other && ` · ${other}`}
      </header>
      {question && <p class="bubble-question">{question}</p>}
      <div class="bubble-text" dir="auto" lang={written ?? undefined}>
        <Folded text={text} show={(shown) => <Linked text={shown} />} />
      </div>
    </article>
  );
}

function Waiting({ item, onGiveUp }: { item: Unsent; onGiveUp: () => void }) {
  if (item.name !== "message:post") return null;
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

const clock = (at: string) =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
