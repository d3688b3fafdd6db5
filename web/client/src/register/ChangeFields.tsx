/** What each kind of change asks for. */
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import type { PersonChange, Registration, Registrations, StandInShown } from "../wire";
import { basisWords, protectionWords } from "./change_words";
import { NumberField } from "./NumberField";
import { OtherField } from "./OtherField";

interface FieldsProps {
  change: PersonChange;
  alter(more: Partial<PersonChange>): void;
  number: string;
  setNumber(value: string): void;
  other: Registration | null;
  choose(other: Registration | null): void;
  list: Registrations;
  connection: Connection;
}

export function Fields(props: FieldsProps) {
  const { change, number, setNumber, other, choose, connection } = props;
  if (change.kind === "merge")
    return <OtherField label={t("register.stays_number")} connection={connection} other={other} choose={choose} />;
  if (change.kind === "proxy") return <ProxyFields {...props} />;
  if (change.kind === "protect") return <ProtectionField {...props} />;
  if (change.kind === "number") return <NumberField value={number} change={setNumber} />;
  if (change.kind !== "end_number") return null;
  return (
    <>
      <NumberField label={t("register.ends_number")} value={number} change={setNumber} />
      <Check label={t("register.was_wrong")} value={change.wrong ?? false} change={(wrong) => props.alter({ wrong })} />
    </>
  );
}

function ProxyFields({ change, alter, other, choose, list, connection }: FieldsProps) {
  const rule = list.rules.find((one) => one.basis === change.basis);
  return (
    <>
      <label class="staff-field">
        {t("register.basis")}
        <select
          class="ds-input"
          value={change.basis ?? ""}
          onChange={(event) => alter({ basis: event.currentTarget.value as PersonChange["basis"] })}
        >
          {list.rules.map((one) => (
            <option key={one.basis} value={one.basis}>
              {basisWords(one.basis)}
            </option>
          ))}
        </select>
      </label>
      {rule && (
        <p class="staff-small">{t(rule.person_until_y < 100 ? "register.rule_until" : "register.rule", ages(rule))}</p>
      )}
      <OtherField label={t("register.proxy_number")} connection={connection} other={other} choose={choose} />
      {rule?.shares_address && (
        <Check
          label={t("register.shares_address")}
          value={change.shares_address ?? false}
          change={(shares_address) => alter({ shares_address })}
        />
      )}
      <label class="staff-field">
        {t("register.last_day")}
        <input
          class="ds-input"
          type="date"
          min={new Date().toLocaleDateString("sv-SE")}
          value={change.until}
          onInput={(event) => alter({ until: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

const ages = ({ person_from_y, person_until_y, proxy_from_y }: StandInShown) => ({
  person_from_y,
  person_until_y,
  proxy_from_y,
});

function ProtectionField({ change, alter, list }: FieldsProps) {
  return (
    <label class="staff-field">
      {t("register.protection")}
      <select
        class="ds-input"
        value={change.protection ?? ""}
        onChange={(event) => alter({ protection: (event.currentTarget.value || null) as PersonChange["protection"] })}
      >
        <option value="" />
        {list.protections.map((one) => (
          <option key={one} value={one}>
            {protectionWords(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Check({ label, value, change }: { label: string; value: boolean; change(value: boolean): void }) {
  return (
    <label class="staff-check">
      <input type="checkbox" checked={value} onChange={(event) => change(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
