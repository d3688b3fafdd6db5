/** The conversation: everything said, in order, with who and when; what has not been sent stands last, visibly waiting. */
import { useEffect, useRef } from "preact/hooks";
import { hasWords, lang, t } from "../base/words";
import type { EntryView } from "../wire";
import type { Contact } from "./contact";
import { type BodyOf, type Kind, labels } from "./entries";
import type { Unsent } from "./outbox";
import { refusalWords } from "./Start";

export function Log({ contact }: { contact: Contact }) {
  const end = useRef<HTMLDivElement>(null);
  const entries = contact.entries.value;
  const unsent = contact.outbox.unsent.value;
  const count = entries.length + unsent.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what scrolls
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [count]);
  return (
    <div class="log" role="log" aria-label={t("patient.log")} aria-live="polite">
      {entries.map((entry) => (
        <Line key={entry.no} entry={entry} entries={entries} unit={contact.summary.value?.unit ?? ""} />
      ))}
      {unsent.map((item) => (
        <Waiting key={item.client_id} item={item} onGiveUp={() => contact.outbox.remove(item.client_id)} />
      ))}
      <div ref={end} />
    </div>
  );
}

interface LineProps {
  entry: EntryView;
  entries: readonly EntryView[];
  unit: string;
}

type Wordings = { [K in Kind]?: (body: BodyOf<K>, line: LineProps) => string | null };

const listed = (items: readonly string[]) => new Intl.ListFormat(lang.value, { type: "conjunction" }).format(items);

/** Quiet lines between the messages. A kind that is not here says nothing to the patient. */
const QUIET: Wordings = {
  reach: (body) => t("patient.log_reach", { place: body.place, phone: body.phone }),
  queued: (_, line) => t("patient.log_queued", { unit: line.unit }),
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
  corrected: (body, line) => {
    const struck = labels(line.entries, body.struck);
    const added = labels(line.entries, body.added);
    const parts = [
      struck.length > 0 && t("patient.log_struck", { what: listed(struck) }),
      added.length > 0 && t("patient.log_added", { what: listed(added) }),
    ];
    return parts.filter(Boolean).join(" ") || null;
  },
};

function Line(line: LineProps) {
  const { body } = line.entry;
  if (body.kind === "message") return <Bubble entry={line.entry} text={body.text} />;
  if (body.kind === "answered") {
    return <Bubble entry={line.entry} question={body.wording} text={answerWords(body.value)} />;
  }
  const wording = QUIET[body.kind] as ((body: EntryView["body"], line: LineProps) => string | null) | undefined;
  const text = wording?.(body, line);
  return text ? (
    <p class="quiet" data-kind={body.kind}>
      {text}
    </p>
  ) : null;
}

function Bubble({ entry, text, question }: { entry: EntryView; text: string; question?: string }) {
  const author = entry.mine ? t("patient.you") : authorWords(entry);
  return (
    <article class="bubble" data-mine={entry.mine} data-kind={entry.body.kind}>
      <header>
        <strong>{author}</strong> <time dateTime={entry.at}>{clock(entry.at)}</time>
      </header>
      {question && <p class="bubble-question">{question}</p>}
      <p class="bubble-text" dir="auto">
        {text}
      </p>
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
        <p class="unsent">{t("patient.sending")}</p>
      )}
    </article>
  );
}

function answerWords(value: boolean | number | string): string {
  if (typeof value === "boolean") return t(value ? "patient.yes" : "patient.no");
  return typeof value === "number" ? new Intl.NumberFormat(lang.value).format(value) : value;
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
  new Intl.DateTimeFormat(lang.value, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
