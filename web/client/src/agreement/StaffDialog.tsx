/** What a unit and one patient have agreed on, as staff see it: how it stands, what to end, what to invite to. */
import { useEffect, useState } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import { Dialog, UnitField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { AgreementList, UnitAgreement, UnitRole } from "../wire";
import { InviteForm } from "./InviteForm";
import type { FunctionName } from "./own";
import { serviceWords } from "./service_words";
import { dayWords } from "./when";
import "./staff_agreement.css";
import "./words";

export interface Invitee {
  person_id: string;
  name: string;
}

export interface StaffDialogProps {
  person: Invitee;
  units: readonly UnitRole[];
  connection: Connection;
  close(): void;
}

export function StaffDialog({ person, units, connection, close }: StaffDialogProps) {
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const listed = useAsking<AgreementList>();
  const ask = () => listed.ask(connection.call("agreement:list", { unit_id, person_id: person.person_id }));
  useEffect(() => {
    void ask();
  }, [unit_id]);
  const { answer, refusal } = listed;
  const agreements = answer?.agreements ?? [];
  return (
    <Dialog title={t("agreement.staff_title", { name: person.name })} close={close}>
      {units.length > 1 && (
        <UnitField label={t("agreement.staff_unit")} units={units} value={unit_id} choose={setUnit} />
      )}
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
      {agreements.map((one) => (
        <Standing
          key={one.agreement_id}
          one={one}
          unit_id={unit_id}
          connection={connection}
          changed={() => void ask()}
        />
      ))}
      {answer && (
        <InviteForm
          key={unit_id}
          person={person}
          unit={units.find((one) => one.unit_id === unit_id)}
          functions={answer.functions.filter((it) => !accepted(agreements).includes(it))}
          connection={connection}
          invited={() => void ask()}
          close={close}
        />
      )}
    </Dialog>
  );
}

const accepted = (agreements: readonly UnitAgreement[]) =>
  agreements.flatMap(({ services }) => services.filter((it) => it.standing === "accepted").map((it) => it.function));

interface StandingProps {
  one: UnitAgreement;
  unit_id: string;
  connection: Connection;
  changed(): void;
}

/** Each service with the patient's answer; the unit may end what was accepted and take back what was not answered. */
export function Standing({ one, unit_id, connection, changed }: StandingProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const end = async (service: FunctionName) => {
    const request = { client_id: newId(), unit_id, agreement_id: one.agreement_id, functions: [service] };
    const done = await connection.insist("agreement:revoke", request).catch(keepRefusal);
    setRefusal(done instanceof Refusal ? done : null);
    if (!(done instanceof Refusal)) changed();
  };
  return (
    <section class="staff-agreement" aria-label={one.name}>
      <h3>{t("agreement.staff_now")}</h3>
      <ul>
        {one.services.map(({ function: service, standing, since }) => (
          <li key={service} data-service={service} data-standing={standing}>
            <span>
              <strong>{serviceWords(service)}</strong>{" "}
              {t("agreement.staff_since", { standing: t(`agreement.standing_${standing}`), day: dayWords(since) })}
            </span>
            {(standing === "accepted" || standing === "invited") && (
              <AskOnce
                does={t("agreement.staff_end")}
                really={t("agreement.staff_end_really")}
                label={(does) =>
                  t("agreement.staff_end_label", { does, service: serviceWords(service), name: one.name })
                }
                act={() => void end(service)}
              />
            )}
          </li>
        ))}
      </ul>
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
    </section>
  );
}
