/** A change that waits: what, of whom, why and by whom, what it can lower, and what one may do about it. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { NumberField } from "../register/NumberField";
import { AskDialog, TextField } from "../staff/Dialog";
import type { SubjectShown, WaitingSheet } from "../wire";
import type { Names } from "./lines";
import { Lowers, Preview } from "./Preview";
import { nameWords, sheetWords } from "./subjects";

interface CardProps {
  told: WaitingSheet;
  units: Names;
  connection: Connection;
  done(told: SubjectShown): void;
}

const whatWords = (told: WaitingSheet) => `${nameWords(told.name)}, ${sheetWords(told.sheet)}`;

export function WaitingCard(props: CardProps) {
  const { told, units } = props;
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const close = () => setAsking(null);
  return (
    <article class="register-change" aria-label={whatWords(told)}>
      <p>
        <strong>{whatWords(told)}</strong>
      </p>
      <p>{told.reason}</p>
      <p class="staff-small">
        {t("administration.by_at", { who: told.proposed_by, at: momentWords(told.proposed_at) })}
      </p>
      <Preview sheet={told.sheet} before={told.before} after={told.after} units={units} />
      <Lowers lowers={told.lowers} />
      <div class="desk-form-foot">
        <button type="button" class="ds-button" disabled={!told.may_approve} onClick={() => setAsking("approve")}>
          {t("administration.approve")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => setAsking("withdraw")}>
          {t("administration.withdraw")}
        </button>
        {!told.may_approve && <p>{t(told.overtaken ? "administration.overtaken" : "administration.another")}</p>}
      </div>
      {asking === "approve" && <ApproveDialog {...props} close={close} />}
      {asking === "withdraw" && <WithdrawDialog {...props} close={close} />}
    </article>
  );
}

interface AskedProps extends CardProps {
  close(): void;
}

function ApproveDialog({ told, units, connection, done, close }: AskedProps) {
  const [once] = useState(newId);
  const [number, setNumber] = useState("");
  const { of, of_id, no } = told;
  return (
    <AskDialog
      title={t("administration.approve_what", { what: whatWords(told) })}
      close={close}
      does={t("administration.approve")}
      ready={!told.asks_number || number.trim() !== ""}
      words={(code) => (code === "wrong_state" ? t("administration.overtaken") : null)}
      act={() =>
        connection.insist("directory:approve", { client_id: once, of, of_id, no, typed: number.trim() }).then((now) => {
          done(now);
          return null;
        }, keepRefusal)
      }
    >
      <Preview sheet={told.sheet} before={told.before} after={told.after} units={units} />
      <Lowers lowers={told.lowers} />
      {told.asks_number && <NumberField label={t("administration.number_again")} value={number} change={setNumber} />}
    </AskDialog>
  );
}

function WithdrawDialog({ told, connection, done, close }: AskedProps) {
  const [once] = useState(newId);
  const [reason, setReason] = useState("");
  const { of, of_id, no } = told;
  return (
    <AskDialog
      title={t("administration.withdraw_what", { what: whatWords(told) })}
      close={close}
      does={t("administration.withdraw")}
      ready={reason.trim() !== ""}
      words={(code) => (code === "wrong_state" ? t("administration.changed_meanwhile") : null)}
      act={() =>
        connection
          .insist("directory:withdraw", { client_id: once, of, of_id, no, reason: reason.trim() })
          .then((now) => {
            done(now);
            return null;
          }, keepRefusal)
      }
    >
      <TextField label={t("staff.reason")} value={reason} limit={500} required change={setReason} />
    </AskDialog>
  );
}
