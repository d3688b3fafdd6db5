/** What colleagues say to each other, marked so that nobody takes it for something the patient reads. */
import { Linked } from "../base/Prose";
import { t } from "../base/words";
import { NoteShown } from "../note/NoteShown";
import type { EntryView } from "../wire";
import { beginningOf, openQuestions } from "./colleagues";
import type { OpenContact } from "./contact";
import { roleWords } from "./roles";
import { clock } from "./times";
import type { Workplace } from "./workplace";
import "./talk_words";
import "./talk.css";

export function isAside({ body }: EntryView): boolean {
  return body.kind === "noted" || body.kind === "colleague_asked" || body.kind === "colleague_answered";
}

/** `answer` opens where the question with this number is answered. */
export interface AsideProps {
  entry: EntryView;
  contact: OpenContact;
  workplace: Pick<Workplace, "pane">;
  answer(question_no: number): void;
}

export function Aside({ entry, contact, workplace, answer }: AsideProps) {
  const { body, author } = entry;
  const isOpen = openQuestions(contact.entries.value).some(({ no }) => no === entry.no);
  const by = [author.name, roleWords(author.role)].filter(Boolean).join(", ");
  return (
    <li id={`entry-${entry.no}`} tabIndex={-1} class="staff-said talk-aside" data-kind={body.kind} data-open={isOpen}>
      <p class="talk-hidden">{t("talk.hidden")}</p>
      <p class="staff-question">{headWords(entry, contact.entries.value)}</p>
      {body.kind === "noted" && body.sentences && body.sentences.length > 0 ? (
        <NoteShown sentences={body.sentences} workplace={workplace} />
      ) : (
        <div class="staff-text" dir="auto">
          <Linked text={"text" in body ? body.text : ""} />
        </div>
      )}
      <p class="staff-by">
        {by} · <time dateTime={entry.at}>{clock(entry.at)}</time>
      </p>
      {isOpen && contact.mayWrite && contact.summary.value?.status !== "closed" && (
        <button type="button" class="text-button" onClick={() => answer(entry.no)}>
          {t("talk.answer")}
        </button>
      )}
    </li>
  );
}

function headWords({ body }: EntryView, entries: readonly EntryView[]): string {
  if (body.kind === "colleague_asked")
    return t("talk.question_to", { whom: body.to_name || t("talk.role_any", { role: roleWords(body.to_role) }) });
  if (body.kind === "colleague_answered") return t("talk.answer_to", { what: beginningOf(entries, body.question_no) });
  return t("talk.note");
}

/** Questions that wait, in sight until someone has answered. */
export function OpenQuestions({ contact, answer }: Omit<AsideProps, "entry" | "workplace">) {
  const open = openQuestions(contact.entries.value);
  const first = open[0];
  if (!first || !contact.mayWrite || contact.summary.value?.status === "closed") return null;
  const whom = first.asked.to_name || t("talk.role_any", { role: roleWords(first.asked.to_role) });
  return (
    <p class="talk-open" role="status">
      <strong>{t("talk.open_questions", { n: open.length })}</strong> {t("talk.question_to", { whom })}{" "}
      <button type="button" class="text-button" onClick={() => answer(first.no)}>
        {t("talk.answer")}
      </button>
    </p>
  );
}
