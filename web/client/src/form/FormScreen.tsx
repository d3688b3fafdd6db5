/** A form on a phone: one question a screen, saved with each step, read through once more before it is sent. */
import { useRef, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { lang, t } from "../base/words";
import { Page } from "../patient/Page";
import type { FormAssigned, Item } from "../wire";
import { type Answers, counting, screens, type Value } from "./asked";
import { Field } from "./Field";
import { answerWords, type Fault, faultOf, faultWords, inMine } from "./text";
import "./form.css";
import "./words";

export interface FormScreenProps {
  connection: Connection;
  contactId: string;
  assigned: FormAssigned;
  /** What was saved before, here or on another device. */
  saved: Answers;
  close(): void;
}

type Saving = "" | "saving" | "saved" | "not_saved" | "closed";
/** The contact or the form is over: nothing more can be said in it. */
const OVER = new Set(["wrong_state", "closed", "not_found"]);

export function FormScreen(props: FormScreenProps) {
  const { assigned, close } = props;
  const { form } = assigned;
  const [answers, setAnswers] = useState<Answers>(() => ({ ...initial(form.items), ...props.saved }));
  const [at, setAt] = useState(() => firstOpen(screens(form, props.saved), props.saved));
  const [fault, setFault] = useState<Fault | null>(null);
  const unread = useRef(new Set<string>());
  const { saving, save, submit } = useSaving(props);
  const shown = screens(form, answers);
  const item = shown[at];
  const say = (link_id: string, given: Value[] | null) => {
    if (given === null) unread.current.add(link_id);
    else unread.current.delete(link_id);
    setFault(null);
    setAnswers({ ...answers, [link_id]: given ?? [] });
  };
  const go = (to: number) => {
    setFault(null);
    setAt(to);
  };
  const next = () => {
    if (!item) return;
    const found = faultOf(item, unread.current.has(item.link_id) ? null : (answers[item.link_id] ?? []));
    if (found) return setFault(found);
    void save(counting(form, answers));
    return go(at + 1);
  };
  const send = async () => {
    const found = await submit(counting(form, answers));
    if (!found) return;
    setAt(
      Math.max(
        0,
        shown.findIndex((one) => one.link_id === found.link_id),
      ),
    );
    setFault(found);
  };
  const mark = saving && (
    <p role="status" class="form-saved">
      {t(`form.${saving}`)}
    </p>
  );
  if (!item) return <Review shown={shown} answers={answers} mark={mark} go={go} send={send} back={() => go(at - 1)} />;
  return (
    <Page
      key={item.link_id}
      name="form"
      title={inMine(item.text)}
      lead={t("form.question_of", { n: at + 1, total: shown.length })}
      onBack={at > 0 ? () => go(at - 1) : close}
      action={
        <button type="button" class="ds-button" onClick={next}>
          {t(item.type === "display" || answers[item.link_id]?.length || item.required ? "form.next" : "form.skip")}
        </button>
      }
    >
      {at === 0 && <p class="form-intro">{inMine(form.description)}</p>}
      {at === 0 && <p class="form-intro">{t("form.kept")}</p>}
      <Question
        item={item}
        given={answers[item.link_id] ?? []}
        fault={fault}
        say={(given) => say(item.link_id, given)}
      />
      {mark}
      <button type="button" class="text-button" onClick={close}>
        {t("form.to_chat")}
      </button>
    </Page>
  );
}

interface QuestionProps {
  item: Item;
  given: readonly Value[];
  fault: Fault | null;
  say(given: Value[] | null): void;
}

function Question({ item, given, fault, say }: QuestionProps) {
  const wrong = fault?.link_id === item.link_id ? `wrong-${item.link_id}` : undefined;
  if (item.type === "display") return null;
  return (
    <div class="form-question">
      <p id={`asked-${item.link_id}`} class="ds-sr-only">
        {inMine(item.text)}
      </p>
      {item.help && <p class="form-help">{inMine(item.help.text)}</p>}
      <Field item={item} labelled={`asked-${item.link_id}`} wrong={wrong} given={given} say={say} />
      {wrong && fault && (
        <p id={wrong} class="form-wrong" role="alert">
          {faultWords(fault)}
        </p>
      )}
    </div>
  );
}

interface ReviewProps {
  shown: readonly Item[];
  answers: Answers;
  mark: preact.ComponentChildren;
  go(to: number): void;
  send(): Promise<void>;
  back(): void;
}

function Review({ shown, answers, mark, go, send, back }: ReviewProps) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await send();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page
      name="form-review"
      title={t("form.review")}
      lead={t("form.review_lead")}
      onBack={back}
      action={
        <button type="button" class="ds-button" aria-busy={busy} onClick={() => void press()}>
          {t("form.send")}
        </button>
      }
    >
      <dl class="form-review">
        {shown.map((item, at) =>
          item.type === "display" ? null : (
            <div key={item.link_id}>
              <dt>{inMine(item.text)}</dt>
              <dd>
                {(answers[item.link_id] ?? []).map((one) => answerWords(item, one)).join(", ") || t("form.no_answer")}{" "}
                <button
                  type="button"
                  class="text-button"
                  aria-label={`${t("form.change")}: ${inMine(item.text)}`}
                  onClick={() => go(at)}
                >
                  {t("form.change")}
                </button>
              </dd>
            </div>
          ),
        )}
      </dl>
      {mark}
    </Page>
  );
}

/** Saves one after the other, only the newest of what waits; a refusal names its question. */
function useSaving({ connection, contactId, assigned, close }: FormScreenProps) {
  const [saving, setSaving] = useState<Saving>("");
  const chain = useRef<{ newest: Answers | null; busy: boolean }>({ newest: null, busy: false });
  const once = useRef(newId());
  const own = { contact_id: contactId, assignment_id: assigned.assignment_id };
  const save = async (answers: Answers): Promise<void> => {
    chain.current.newest = answers;
    if (chain.current.busy) return;
    chain.current.busy = true;
    while (chain.current.newest) {
      const kept = chain.current.newest;
      chain.current.newest = null;
      setSaving(connection.line.peek() === "up" ? "saving" : "not_saved");
      const refused = await connection
        .insist("form:save", { ...own, client_id: newId(), answers: kept })
        .then(() => null, onlyRefusal);
      setSaving(refused ? whyNot(refused) : "saved");
    }
    chain.current.busy = false;
  };
  const submit = async (answers: Answers): Promise<Fault | null> => {
    const request = { ...own, client_id: once.current, answers, lang: lang.peek() };
    const refused = await connection.insist("form:submit", request).then(() => null, onlyRefusal);
    const [first] = (refused?.data.faults as Fault[] | undefined) ?? [];
    if (!refused) close();
    else if (!first) setSaving(whyNot(refused));
    return first ?? null;
  };
  return { saving, save, submit };
}

function whyNot(refused: Refusal): Saving {
  return OVER.has(refused.code) ? "closed" : "not_saved";
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Where one goes on: the first question without an answer; from the start where nothing is answered. */
function firstOpen(shown: readonly Item[], saved: Answers): number {
  if (Object.keys(saved).length === 0) return 0;
  const open = shown.findIndex((item) => item.type !== "display" && !saved[item.link_id]?.length);
  return open < 0 ? shown.length : open;
}

function initial(items: readonly Item[]): Answers {
  return Object.fromEntries(
    items.flatMap((item) => {
      const chosen = item.options.filter((one) => one.initial).map((one) => one.value);
      const given = item.initial.length ? item.initial : chosen;
      return [...(given.length ? [[item.link_id, given] as const] : []), ...Object.entries(initial(item.items))];
    }),
  );
}
