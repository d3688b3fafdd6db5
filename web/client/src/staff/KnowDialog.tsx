/** Seeing what other units know of the person: on a ground, with a reason, and told what follows before one does it. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { OpenDoor, UnitRole } from "../wire";
import { AskDialog, TextField, UnitField } from "./Dialog";
import type { Workplace } from "./workplace";
import "./door_words";
import "./doors.css";

type Basis = OpenDoor["basis"];

const BASES: readonly Basis[] = ["care", "consent", "emergency"];
const REASON_LIMIT = 500;

/** Whom it is about: by a contact one reads, as they were found, or by a number in full. */
export type Whom = Pick<OpenDoor, "contact_id"> | Pick<OpenDoor, "person_id"> | Pick<OpenDoor, "number">;

export interface KnowDialogProps {
  whom: Whom;
  /** Units one may act from. */
  units: readonly UnitRole[];
  workplace: Workplace;
  close(): void;
}

export function KnowDialog({ whom, units, workplace, close }: KnowDialogProps) {
  const [basis, setBasis] = useState<Basis | null>(null);
  const [reason, setReason] = useState("");
  const [chosen, setUnit] = useState<string | null>(null);
  const unit_id = chosen ?? units[0]?.unit_id ?? "";
  const act = async () => {
    if (basis === null) return null;
    return workplace.openDoor({ ...whom, unit_id, basis, reason: reason.trim() });
  };
  return (
    <AskDialog
      title={t("door.know_title")}
      close={close}
      does={t("door.know_do")}
      ready={basis !== null && reason.trim() !== ""}
      act={act}
      words={(code) => (code === "not_found" ? t("door.nothing") : null)}
    >
      {"number" in whom && <p>{t("door.by_number", { number: whom.number ?? "" })}</p>}
      <Bases basis={basis} choose={setBasis} />
      {basis === "emergency" && (
        <p class="door-warning" role="alert">
          {t("door.emergency_warning")}
        </p>
      )}
      <TextField label={t("door.reason")} value={reason} limit={REASON_LIMIT} required change={setReason} />
      {units.length > 1 && <UnitField label={t("door.from")} units={units} value={unit_id} choose={setUnit} />}
    </AskDialog>
  );
}

function Bases({ basis, choose }: { basis: Basis | null; choose(basis: Basis): void }) {
  return (
    <fieldset class="door-bases">
      <legend>{t("door.why")}</legend>
      {BASES.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="basis"
            value={one}
            aria-describedby={`basis-${one}`}
            checked={one === basis}
            onChange={() => choose(one)}
          />
          <span>
            <span class="door-basis">{t(`door.${one}`)}</span>
            <span class="staff-small" id={`basis-${one}`}>
              {t(`door.${one}_more`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
