/** Typing values one-handed: what is due stands first. What is sent without a line waits on the device, and says so. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { inMine } from "../form/text";
import { refusalWords, Wrong } from "../patient/Page";
import { line, outbox } from "../patient/session";
import type { AskedQuestion, MeasureTask, OwnFollowUp } from "../wire";
import { unitWords } from "./alarm";
import { isEmpty, NOTHING, oddOne, type Typed, tellOf, type Unit } from "./typed";

export function Measuring({ one }: { one: OwnFollowUp }) {
  const [typed, setTyped] = useState<Typed>(NOTHING);
  const [wrong, setWrong] = useState("");
  const [sent, setSent] = useState(false);
  const { record_id, tasks } = one;
  const now = tasks.filter(({ due, again }) => due || again);
  const others = tasks.filter(({ due, again }) => !due && !again);
  const say = (change: Partial<Typed>) => {
    setTyped({ ...typed, ...change });
    setWrong("");
  };
  const send = () => {
    if (oddOne(typed)) return setWrong(t("followup.no_number"));
    if (isEmpty(typed)) return setWrong(t("followup.empty"));
    outbox.put("followup:tell", tellOf(typed, { record_id, tasks, at: new Date().toISOString() }));
    setTyped(NOTHING);
    setSent(true);
  };
  return (
    <form
      class="follow-up-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {tasks.some(({ again }) => again) && (
        <p class="not-seen" role="alert">
          {t("followup.again", {
            what: tasks
              .filter(({ again }) => again)
              .map(nameOf)
              .join(", "),
          })}
        </p>
      )}
      <h3>{t("followup.today")}</h3>
      {now.length === 0 && <p>{t("followup.nothing_due")}</p>}
      {now.map((task) => (
        <Field key={task.measure} task={task} typed={typed} say={say} />
      ))}
      {others.length > 0 && (
        <details class="ds-details">
          <summary>{t("followup.others")}</summary>
          {others.map((task) => (
            <Field key={task.measure} task={task} typed={typed} say={say} />
          ))}
        </details>
      )}
      <h3>{t("followup.ask")}</h3>
      {one.questions.map((question) => (
        <Asked key={question.question} asked={question} typed={typed} say={say} />
      ))}
      {wrong && <Wrong>{wrong}</Wrong>}
      <button type="submit" class="ds-button" data-fullwidth="">
        {t("followup.send")}
      </button>
      <State record_id={record_id} unit={one.unit} sent={sent} />
    </form>
  );
}

const nameOf = ({ measure }: MeasureTask) => t(`followup.${measure}`).toLocaleLowerCase();

interface FieldProps {
  task: MeasureTask;
  typed: Typed;
  say(change: Partial<Typed>): void;
}

function Field({ task: { measure, units, how }, typed, say }: FieldProps) {
  const unit = typed.units[measure] ?? units[0];
  const id = `follow-up-${measure}`;
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {t("followup.value_in", { measure: t(`followup.${measure}`), unit: unitWords(unit) })}
      </label>
      <p class="hint" id={`${id}-how`}>
        {inMine(how)}
      </p>
      <input
        class="ds-input follow-up-input"
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={8}
        aria-describedby={`${id}-how`}
        value={typed.values[measure] ?? ""}
        onInput={(event) => say({ values: { ...typed.values, [measure]: event.currentTarget.value } })}
      />
      {units.length > 1 && (
        <select
          class="ds-input"
          aria-label={t("followup.unit")}
          value={unit}
          onChange={(event) => say({ units: { ...typed.units, [measure]: event.currentTarget.value as Unit } })}
        >
          {units.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function Asked({ asked, typed, say }: { asked: AskedQuestion } & Omit<FieldProps, "task">) {
  const { question, wording } = asked;
  return (
    <fieldset class="plain">
      <legend class="ds-label">{inMine(wording)}</legend>
      <div class="segments">
        {[false, true].map((yes) => (
          <label key={String(yes)} class="segment">
            <input
              type="radio"
              name={`follow-up-${question}`}
              checked={typed.answers[question] === yes}
              onChange={() => say({ answers: { ...typed.answers, [question]: yes } })}
            />
            <span>{t(yes ? "followup.yes" : "followup.no")}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What has become of what was sent: it waits here, was refused, or lies with the unit. */
function State({ record_id, unit, sent }: { record_id: string; unit: string; sent: boolean }) {
  const mine = outbox.unsent.value.filter(
    ({ name, request }) => name === "followup:tell" && "record_id" in request && request.record_id === record_id,
  );
  const waits = mine.some(({ refused }) => refused === null);
  const waitWords = t(line().line.value === "up" ? "followup.sending" : "followup.waiting");
  return (
    <>
      <p role="status" class={waits ? "unsent" : ""}>
        {waits ? waitWords : sent && mine.length === 0 && t("followup.sent", { unit })}
      </p>
      {mine
        .filter(({ refused }) => refused !== null)
        .map(({ client_id, refused }) => (
          <p key={client_id} class="refused" role="alert">
            {t("followup.refused", {
              why: refused === "bad_request" ? t("followup.not_possible") : refusalWords(refused ?? ""),
            })}{" "}
            <button type="button" class="text-button" onClick={() => outbox.remove(client_id)}>
              {t("followup.remove")}
            </button>
          </p>
        ))}
    </>
  );
}
