/** A concept chosen by its name, and what is said of it. */
import { useId, useState } from "preact/hooks";
import { t } from "../base/words";
import type { ConceptName, ReadAs } from "../wire";
import "./words";

export type State = ReadAs["state"];
export const STATES: readonly State[] = ["has", "has_not", "unsure", "past", "other_person"];

export interface ConceptFieldProps {
  concepts: readonly ConceptName[];
  /** The concept's id; empty for none. */
  value: string;
  change(concept: string): void;
}

export function ConceptField({ concepts, value, change }: ConceptFieldProps) {
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const label = concepts.find(({ concept }) => concept === value)?.label ?? "";
  return (
    <label class="staff-field">
      {t("review.concept")}
      <input
        class="ds-input"
        list={list}
        required
        autocomplete="off"
        value={typed ?? label}
        onInput={({ currentTarget }) => {
          const name = currentTarget.value.trim().toLowerCase();
          setTyped(currentTarget.value);
          change(concepts.find((one) => one.label.toLowerCase() === name)?.concept ?? "");
        }}
        onBlur={() => setTyped(null)}
      />
      <datalist id={list}>
        {concepts.map(({ concept, label: words }) => (
          <option key={concept} value={words} />
        ))}
      </datalist>
    </label>
  );
}

export interface StateFieldProps<S extends string> {
  label: string;
  value: S;
  states: readonly (readonly [state: S, words: string])[];
  change(state: S): void;
}

/** One choice among a few. */
export function StateField<S extends string>({ label, value, states, change }: StateFieldProps<S>) {
  return (
    <label class="staff-field">
      {label}
      <select class="ds-input" value={value} onChange={({ currentTarget }) => change(currentTarget.value as S)}>
        {states.map(([state, words]) => (
          <option key={state} value={state}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export const stateChoices = () => STATES.map((state) => [state, t(`staff.state_${state}`)] as const);
