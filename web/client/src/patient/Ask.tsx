/** One question a screen. Passing it over is allowed: then it stays unknown. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../base/words";
import type { Question } from "../wire";
import type { Contact } from "./contact";
import { NotSeen, Page } from "./Page";

export function Ask({ contact }: { contact: Contact }) {
  const [question] = contact.questions.value;
  if (!question) return null;
  const n = contact.answeredCount.value + 1;
  const total = contact.answeredCount.value + contact.questions.value.length;
  const unsent = contact.outbox.unsent.value.length > 0;
  return (
    <Page name="ask" step={4} title={question.wording} lead={t("patient.question_of", { n, total })} key={question.id}>
      <Answers question={question} onAnswer={(value) => contact.answer(question.id, value)} />
      <button type="button" class="choice choice-quiet" data-answer="unknown" onClick={() => contact.pass(question.id)}>
        <span class="choice-title">{t("patient.dont_know")}</span>
      </button>
      {unsent && <NotSeen text={t("patient.not_sent_yet")} />}
    </Page>
  );
}

/** A question that came up later, beside the conversation. */
export function AskBeside({ contact }: { contact: Contact }) {
  const [question] = contact.questions.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(question?.id);
  useEffect(() => {
    // The button that was pressed is gone: whoever goes by keyboard or listens comes to the next question.
    if (shown.current !== question?.id && document.activeElement === document.body) heading.current?.focus();
    shown.current = question?.id;
  }, [question?.id]);
  if (!question) return null;
  return (
    <section class="ask-beside" aria-label={t("patient.one_more")} key={question.id}>
      <h2 tabIndex={-1} ref={heading}>
        {question.wording}
      </h2>
      <Answers question={question} onAnswer={(value) => contact.answer(question.id, value)} />
      <button type="button" class="text-button" data-answer="unknown" onClick={() => contact.pass(question.id)}>
        {t("patient.dont_know")}
      </button>
    </section>
  );
}

interface AnswersProps {
  question: Question;
  onAnswer: (value: boolean | number | string) => void;
}

function Answers({ question, onAnswer }: AnswersProps) {
  if (question.answer !== "bool") return <Typed question={question} onAnswer={onAnswer} />;
  return (
    <div class="choices yes-no">
      {([true, false] as const).map((value) => (
        <button
          type="button"
          key={String(value)}
          class="choice"
          data-answer={value ? "yes" : "no"}
          onClick={() => onAnswer(value)}
        >
          <span class="choice-title">{t(value ? "patient.yes" : "patient.no")}</span>
        </button>
      ))}
    </div>
  );
}

function Typed({ question, onAnswer }: AnswersProps) {
  const typed = useSignal("");
  const number = question.answer === "number";
  const value = number ? Number(typed.value.replace(",", ".")) : typed.value.trim();
  const usable = typed.value.trim() !== "" && !Number.isNaN(value);
  const submit = (event: Event) => {
    event.preventDefault();
    if (usable) onAnswer(value);
  };
  return (
    <form class="typed-answer" onSubmit={submit}>
      <input
        class="ds-input"
        type="text"
        inputMode={number ? "decimal" : "text"}
        aria-label={question.wording}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="ds-button" disabled={!usable}>
        {t("patient.next")}
      </button>
    </form>
  );
}
