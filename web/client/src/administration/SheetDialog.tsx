/** Changing a sheet: what it is to be and why, then what changes and what is said of it, and only then it is done. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { Dialog, DialogFoot, TextField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { DirectoryShown, SheetChange, SheetForeseen, SheetValues, SubjectShown } from "../wire";
import { SheetForm } from "./forms";
import type { Names } from "./lines";
import { Faults, Lowers, Preview } from "./Preview";
import { sheetWords } from "./subjects";

export interface SheetDialogProps {
  of: SheetChange["of"];
  /** Empty: something new. */
  of_id: string;
  sheet: string;
  /** What is in force now. */
  before: SheetValues;
  /** What the form begins with; the same, unless it is something new. */
  begins: SheetValues;
  base: number;
  /** True where it is put back to the standard: nothing is filled in. */
  standard?: boolean;
  list: DirectoryShown;
  units: Names;
  connection: Connection;
  done(told: SubjectShown): void;
  close(): void;
}

export function SheetDialog(props: SheetDialogProps) {
  const { of, of_id, sheet, before, begins, base, standard = false, list, units, connection, done, close } = props;
  const [once] = useState(newId);
  const [value, setValue] = useState(begins);
  const [reason, setReason] = useState("");
  const [foreseen, setForeseen] = useState<SheetForeseen | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => told.current?.scrollIntoView({ block: "nearest" }), [foreseen]);
  const asked: SheetChange = { of, of_id, sheet, value: standard ? {} : value, base };
  const may = foreseen !== null && foreseen.faults.length === 0;
  const next = async () => {
    setRefusal(null);
    setBusy(true);
    const answer = may
      ? connection.insist("directory:propose", { client_id: once, asked, reason: reason.trim() }).then((told) => {
          done(told);
          close();
        })
      : connection.call("directory:foresee", { asked }).then(setForeseen);
    await answer.catch((error: unknown) => setRefusal(keepRefusal(error)));
    setBusy(false);
  };
  const does = may
    ? foreseen.lowers.length > 0
      ? "administration.propose"
      : "administration.do"
    : "administration.next";
  return (
    <Dialog title={t("administration.change_what", { what: sheetWords(sheet) })} close={close}>
      <form
        class="directory-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && reason.trim()) void next();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.ctrlKey) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        {standard ? (
          <p>{t("administration.to_standard")}</p>
        ) : (
          <SheetForm
            sheet={sheet}
            value={value}
            list={list}
            fresh={of_id === ""}
            of_id={of_id}
            change={(now) => {
              setValue(now);
              setForeseen(null);
            }}
          />
        )}
        <TextField label={t("staff.reason")} value={reason} limit={500} required change={setReason} />
        <div ref={told} class="directory-told">
          {foreseen && foreseen.faults.length > 0 && (
            <Faults sheet={sheet} after={value} units={units} faults={foreseen.faults} />
          )}
          {may && !standard && <Preview sheet={sheet} before={before} after={value} units={units} />}
          {may && <Lowers lowers={foreseen.lowers} />}
        </div>
        {refusal && (
          <p role="alert" class="staff-problem">
            {refusal.code === "wrong_state" ? t("administration.changed_meanwhile") : refusalWords(refusal.code)}
          </p>
        )}
        <DialogFoot does={t(does)} ready={reason.trim() !== ""} busy={busy} close={close} />
      </form>
    </Dialog>
  );
}
