/** What a unit invites to: yes or no for each service, with the code where anything is accepted. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import { Field, Wrong } from "../patient/Page";
import { answer, type FunctionName, type Owned, type Service } from "./own";
import { explained, serviceWords } from "./service_words";
import { dayWords } from "./when";

type Said = Partial<Record<FunctionName, "yes" | "no">>;
const CODE = /^\d{3}\s?\d{3}$/;

export function Invitation({ one, asked }: { one: Owned; asked: readonly Service[] }) {
  const said = useSignal<Said>({});
  const code = useSignal("");
  const wrong = useSignal<"code" | string | null>(null);
  const busy = useSignal(false);
  const is = (word: "yes" | "no") => asked.filter((it) => said.value[it.function] === word).map((it) => it.function);
  const send = async () => {
    const [accepted, declined] = [is("yes"), is("no")];
    wrong.value = null;
    if (accepted.length + declined.length === 0) wrong.value = t("agreement.choose_first");
    else if (accepted.length > 0 && !CODE.test(code.value.trim())) wrong.value = "code";
    else {
      busy.value = true;
      wrong.value = await answer(one, { accepted, declined, code: code.value.trim() });
      busy.value = false;
    }
  };
  const id = one.agreement.agreement_id;
  return (
    <form
      class="agreement-asked"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.value) void send();
      }}
    >
      {asked.map((it) => (
        <Choice
          key={it.function}
          service={it}
          name={`${id}-${it.function}`}
          value={said.value[it.function]}
          choose={(word) => {
            said.value = { ...said.value, [it.function]: word };
          }}
        />
      ))}
      <Field
        id={`${id}-code`}
        label={t("agreement.code")}
        hint={`${t("agreement.code_hint")} ${t("agreement.code_until", { day: dayWords(one.agreement.until) })}`}
        value={code}
        wrong={wrong.value === "code" && t("agreement.code_needed")}
        autocomplete="one-time-code"
        keyboard="tel"
        limit={7}
      />
      {wrong.value && wrong.value !== "code" && <Wrong>{wrong.value}</Wrong>}
      <button type="submit" class="ds-button" data-fullwidth="" aria-busy={busy.value} disabled={busy.value}>
        {t("agreement.answer")}
      </button>
    </form>
  );
}

interface ChoiceProps {
  service: Service;
  name: string;
  value: "yes" | "no" | undefined;
  choose(word: "yes" | "no"): void;
}

/** Who has declined may think better of it: there is nothing more to decline. */
function Choice({ service, name, value, choose }: ChoiceProps) {
  const declined = service.standing === "declined";
  const words = declined ? (["yes"] as const) : (["yes", "no"] as const);
  return (
    <fieldset class="plain agreement-choice" data-service={service.function}>
      <legend class="ds-label">{serviceWords(service.function)}</legend>
      <p>{explained(service.function)}</p>
      {service.begins_on && <p>{t("agreement.begins", { day: dayWords(service.begins_on) })}</p>}
      {declined && <p>{t("agreement.said_no")}</p>}
      <div class="segments">
        {words.map((word) => (
          <label key={word} class="segment">
            <input type="radio" name={name} checked={value === word} onChange={() => choose(word)} />
            <span>{t(`agreement.${word}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
