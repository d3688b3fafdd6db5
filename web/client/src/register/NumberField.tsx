/** Where an identity number is typed: kept by no browser, and never shown again. */
import { useId } from "preact/hooks";
import { t } from "../base/words";

interface NumberFieldProps {
  value: string;
  label?: string;
  /** It is looked up, which is recorded: that is said beneath. */
  looksUp?: boolean;
  change(value: string): void;
}

export function NumberField({ value, label, looksUp = false, change }: NumberFieldProps) {
  const recorded = useId();
  return (
    <>
      <label class="staff-field">
        {label ?? t("staff.find_number")}
        <input
          class="ds-input staff-find-number"
          type="text"
          name="number"
          autocomplete="off"
          spellcheck={false}
          maxLength={24}
          aria-describedby={looksUp ? recorded : undefined}
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      {looksUp && (
        <p id={recorded} class="staff-small">
          {t("staff.find_recorded")}
        </p>
      )}
    </>
  );
}
