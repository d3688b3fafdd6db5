/** Another person, found by their number: what is chosen is shown by name before anything is done. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { findWords } from "../staff/find";
import type { Registration } from "../wire";
import { dayWords } from "./change_words";
import { NumberField } from "./NumberField";

interface OtherFieldProps {
  label: string;
  connection: Connection;
  other: Registration | null;
  /** `typed`: a number stands there, whether somebody was found by it or not. */
  choose(other: Registration | null, typed: boolean): void;
}

export function OtherField({ label, connection, other, choose }: OtherFieldProps) {
  const [number, setNumber] = useState("");
  const asking = useAsking<{ registrations: readonly Registration[] }>();
  const find = async () => {
    const told = await asking.ask(connection.call("register:find", { number }));
    choose(told?.registrations[0] ?? null, true);
  };
  return (
    <div class="register-other">
      <NumberField
        label={label}
        value={number}
        change={(value) => {
          setNumber(value);
          choose(null, value.trim() !== "");
        }}
      />
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        disabled={!number.trim()}
        aria-busy={asking.busy}
        onClick={() => void find()}
      >
        {t("staff.find_do")}
      </button>
      <p role="status">
        {other && t("register.chosen", { name: other.name, day: dayWords(other.born_on) })}
        {asking.answer?.registrations.length === 0 && t("staff.find_nobody")}
        {asking.refusal && <span class="staff-problem">{findWords(asking.refusal)}</span>}
      </p>
    </div>
  );
}
