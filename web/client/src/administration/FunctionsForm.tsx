/** What a unit offers: each function with what it is from which day on, and what patients are told where it is off. */
import { t } from "../base/words";
import type { Decided, FunctionsSheet, Phase } from "../wire";
import { Choice, Field, Group, Small } from "./fields";
import { FROM_THE_FIRST, FUNCTIONS } from "./function_lines";

const STATES = ["off", "invited", "on"] as const;
const LANGS = ["sv", "nb", "en"] as const;

interface FormProps {
  value: FunctionsSheet;
  change(value: FunctionsSheet): void;
}

export function FunctionsForm({ value, change }: FormProps) {
  return (
    <>
      {FUNCTIONS.map((one) => (
        <Group key={one} legend={t(`administration.function_${one}`)}>
          <DecidedForm
            value={value.functions?.[one] ?? {}}
            change={(now) => change({ functions: { ...value.functions, [one]: now } })}
          />
        </Group>
      ))}
    </>
  );
}

function DecidedForm({ value, change }: { value: Decided; change(value: Decided): void }) {
  const phases = value.phases ?? [];
  const put = (n: number, now: Partial<Phase>) =>
    change({ ...value, phases: phases.map((one, at) => (at === n ? { ...one, ...now } : one)) });
  return (
    <>
      {phases.map((phase, n) => (
        <div key={n} class="directory-add">
          <Choice
            label={t("administration.phase_state")}
            value={phase.state}
            options={STATES.map((state) => [state, t(`administration.state_${state}`)])}
            choose={(state) => put(n, { state: state as Phase["state"] })}
          />
          <Field
            label={t("administration.phase_from")}
            type="date"
            value={phase.from_on === FROM_THE_FIRST ? "" : phase.from_on}
            change={(from_on) => put(n, { from_on: from_on || FROM_THE_FIRST })}
          />
          <Small
            words={t("administration.phase_remove")}
            act={() => change({ ...value, phases: phases.filter((_, at) => at !== n) })}
          />
        </div>
      ))}
      <Small
        words={t("administration.phase_add")}
        act={() => change({ ...value, phases: [...phases, { state: "on", from_on: tomorrow() }] })}
      />
      {LANGS.map((lang) => (
        <Field
          key={lang}
          label={t(`administration.closed_text_${lang}`)}
          value={value.closed_text?.[lang] ?? ""}
          change={(text) => change({ ...value, closed_text: withText(value.closed_text ?? {}, lang, text) })}
        />
      ))}
    </>
  );
}

/** A text that is emptied is none: then all three are asked for, or none. */
function withText(texts: NonNullable<Decided["closed_text"]>, lang: (typeof LANGS)[number], text: string) {
  const { [lang]: _, ...others } = texts;
  return text ? { ...others, [lang]: text } : others;
}

function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
