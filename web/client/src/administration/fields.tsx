/** The fields that the forms of sheets are made of. */
import type { ComponentChildren } from "preact";

interface FieldProps {
  label: string;
  value: string;
  type?: "text" | "date" | "datetime-local" | "tel" | "url" | "number";
  how?: string;
  required?: boolean;
  change(value: string): void;
}

/** Each type of input has attributes of its own to the compiler; what is used here all of them have. */
const ofType = (type: string): object => ({ type });

/** One line of text; `how` says how it is written. */
export function Field({ label, value, type = "text", how, required = false, change }: FieldProps) {
  return (
    <label class="staff-field">
      {label}
      <input
        class="ds-input"
        {...ofType(type)}
        autocomplete="off"
        spellcheck={false}
        required={required}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {how && <span class="directory-how">{how}</span>}
    </label>
  );
}

interface ChoiceProps {
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
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Check({ label, value, change }: { label: string; value: boolean; change(value: boolean): void }) {
  return (
    <label class="staff-check">
      <input type="checkbox" checked={value} onChange={(event) => change(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

export function Group({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="directory-group">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

export function Small({ words, label, act }: { words: string; label?: string; act(): void }) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" aria-label={label} onClick={act}>
      {words}
    </button>
  );
}

/** Several words or hours in one field. */
export const parted = (text: string, by: RegExp = /[\s,]+/): string[] =>
  text
    .split(by)
    .map((one) => one.trim())
    .filter(Boolean);
