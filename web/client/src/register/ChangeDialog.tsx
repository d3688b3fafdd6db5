/** A change of who somebody is: what, why, then what follows, and only then it is done or proposed. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { Dialog, DialogFoot, TextField } from "../staff/Dialog";
import { findWords } from "../staff/find";
import type { Foreseen, PersonChange, Registration, Registrations } from "../wire";
import { Fields } from "./ChangeFields";
import { changeWords } from "./change_words";
import { WhatFollows } from "./WhatFollows";

export interface ChangeDialogProps {
  change: PersonChange;
  person: Registration;
  /** The other's name, where the change has one from the start. */
  name?: string;
  list: Registrations;
  connection: Connection;
  close(): void;
  show(person: Registration): void;
}

export function ChangeDialog({ change: begun, person, name = "", list, connection, close, show }: ChangeDialogProps) {
  const [once] = useState(newId);
  const [change, setChange] = useState(begun);
  const [other, setOther] = useState<Registration | null>(null);
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [foreseen, setForeseen] = useState<Foreseen | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const alter = (more: Partial<PersonChange>) => {
    setChange({ ...change, ...more });
    setForeseen(null);
  };
  const choose = (found: Registration | null) => {
    setOther(found);
    alter({ other_id: found?.person_id ?? "" });
  };
  const body = { change, number: number.trim() };
  const next = async () => {
    setRefusal(null);
    const asked = foreseen
      ? connection.insist("register:propose", { ...body, client_id: once, reason: reason.trim() }).then((told) => {
          show(told);
          close();
        })
      : connection.call("register:foresee", body).then(setForeseen);
    await asked.catch((error: unknown) => setRefusal(keepRefusal(error)));
  };
  const does = foreseen ? (foreseen.second ? "register.propose" : "register.do") : "register.next";
  return (
    <Dialog title={changeWords({ ...change, protection: null }, other?.name ?? name)} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void next();
        }}
      >
        <p>
          <strong>{person.name}</strong>
        </p>
        <Fields
          change={change}
          alter={alter}
          number={number}
          setNumber={(value) => {
            setNumber(value);
            setForeseen(null);
          }}
          other={other}
          choose={choose}
          list={list}
          connection={connection}
        />
        <TextField label={t("staff.reason")} value={reason} limit={500} required change={setReason} />
        {foreseen && <WhatFollows change={change} foreseen={foreseen} />}
        {refusal && (
          <p role="alert" class="staff-problem">
            {findWords(refusal)}
          </p>
        )}
        <DialogFoot does={t(does)} ready={reason.trim() !== "" && isWhole(change, number)} close={close} />
      </form>
    </Dialog>
  );
}

function isWhole(change: PersonChange, number: string): boolean {
  if (change.kind === "merge" || change.kind === "proxy") return change.other_id !== "";
  if (change.kind === "number" || change.kind === "end_number") return number.trim() !== "";
  return change.kind !== "protect" || change.protection !== null;
}
