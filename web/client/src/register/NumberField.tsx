/** Where an identity number is typed: kept by no browser, and never shown again. */
import { t } from "../base/words";

interface NumberFieldProps {
  value: string;
  label?: string;
  change(value: string): void;
}

export function NumberField({ value, label, change }: NumberFieldProps) {
  return (
    <label class="staff-field">
      {label ?? t("staff.find_number")}
      <input
        class="ds-input staff-find-number"
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={24}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </label>
  );
}
