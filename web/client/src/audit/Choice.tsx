/** One choice among a few, of which the first is all of them. */
import { t } from "../base/words";
import "./words";

export interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  choose(value: string): void;
}

export function Choice({ label, value, options, choose }: ChoiceProps) {
  return (
    <label class="staff-field">
      {label}
      <select class="ds-input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("audit.all")}</option>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface DayProps {
  label: string;
  value: string;
  required?: boolean;
  choose(day: string): void;
}

export function Day({ label, value, required = false, choose }: DayProps) {
  return (
    <label class="staff-field">
      {label}
      <input
        class="ds-input"
        type="date"
        required={required}
        value={value}
        onInput={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}
