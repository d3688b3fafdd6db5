/** Whom a unit has invited to its digital services, and what each has said. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { Dialog, UnitField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { AgreementList, UnitAgreement, UnitRole } from "../wire";
import type { Invitee } from "./StaffDialog";
import { serviceWords } from "./service_words";
import { dayWords } from "./when";
import "./staff_agreement.css";
import "./words";

export interface UnitListProps {
  units: readonly UnitRole[];
  connection: Connection;
  open(person: Invitee): void;
  close(): void;
}

export function UnitList({ units, connection, open, close }: UnitListProps) {
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const { answer, refusal, ask } = useAsking<AgreementList>();
  useEffect(() => {
    void ask(connection.call("agreement:list", { unit_id }));
  }, [unit_id]);
  return (
    <Dialog title={t("agreement.staff_list_title")} close={close}>
      {units.length > 1 && (
        <UnitField label={t("agreement.staff_unit")} units={units} value={unit_id} choose={setUnit} />
      )}
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
      {answer?.agreements.length === 0 && <p>{t("agreement.staff_nobody")}</p>}
      <ul class="staff-agreement-list">
        {answer?.agreements.map((one) => (
          <Row key={one.agreement_id} one={one} open={() => open(one)} />
        ))}
      </ul>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </Dialog>
  );
}

function Row({ one, open }: { one: UnitAgreement; open(): void }) {
  return (
    <li>
      <button type="button" class="ds-button" data-variant="secondary" onClick={open}>
        {one.name}
      </button>
      <span class="staff-small">
        {one.services
          .map(
            ({ function: service, standing, since }) =>
              `${serviceWords(service)}: ${t(`agreement.standing_${standing}`)} ${dayWords(since)}`,
          )
          .join(" · ")}
      </span>
    </li>
  );
}
