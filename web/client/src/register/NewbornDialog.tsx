/** Somebody who was born and has no number yet, with who has the custody of them. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { AskDialog, UnitField } from "../staff/Dialog";
import type { RegisterNewborn, RegisterUnit, Registration } from "../wire";
import { OtherField } from "./OtherField";

interface NewbornDialogProps {
  units: readonly RegisterUnit[];
  connection: Connection;
  close(): void;
  show(person: Registration): void;
}

export function NewbornDialog({ units, connection, close, show }: NewbornDialogProps) {
  const [once] = useState(newId);
  const [unit, setUnit] = useState(units[0]?.unit_id ?? "");
  const [name, setName] = useState("");
  const [day, setDay] = useState("");
  const [sex, setSex] = useState<"" | "f" | "m">("");
  const [guardian, setGuardian] = useState<Registration | null>(null);
  const [typed, setTyped] = useState(false);
  const body: RegisterNewborn = {
    client_id: once,
    unit_id: unit,
    name: name.trim(),
    born_on: day,
    sex: sex || null,
    guardian_id: guardian?.person_id ?? "",
  };
  return (
    <AskDialog
      title={t("register.newborn")}
      close={close}
      does={t("register.newborn_do")}
      ready={typed === (guardian !== null) && unit !== "" && name.trim() !== "" && day !== ""}
      act={() =>
        connection.insist("register:newborn", body).then((told) => {
          show(told);
          return null;
        }, keepRefusal)
      }
    >
      <p>{t("register.newborn_lead")}</p>
      <label class="staff-field">
        {t("register.name")}
        <input
          class="ds-input"
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="staff-field">
        {t("register.born_on")}
        <input
          class="ds-input"
          type="date"
          max={new Date().toLocaleDateString("sv-SE")}
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </label>
      <label class="staff-field">
        {t("register.sex")}
        <select class="ds-input" value={sex} onChange={(event) => setSex(event.currentTarget.value as typeof sex)}>
          <option value="">{t("register.sex_unknown")}</option>
          <option value="f">{t("staff.sex_f")}</option>
          <option value="m">{t("staff.sex_m")}</option>
        </select>
      </label>
      <UnitField label={t("register.unit")} units={units} value={unit} choose={setUnit} />
      <OtherField
        label={t("register.guardian_number")}
        connection={connection}
        other={guardian}
        choose={(found, isTyped) => {
          setGuardian(found);
          setTyped(isTyped);
        }}
      />
    </AskDialog>
  );
}
