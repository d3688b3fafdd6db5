/** One change: what, of whom, why, by whom; while it waits, what would follow, and what one may do about it. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { AskDialog, TextField } from "../staff/Dialog";
import type { Registration, ShownChange } from "../wire";
import { changeWords } from "./change_words";
import { NumberField } from "./NumberField";
import { WhatFollows } from "./WhatFollows";

interface ChangeCardProps {
  told: ShownChange;
  connection: Connection;
  show(person: Registration): void;
}

export function ChangeCard(props: ChangeCardProps) {
  const { told } = props;
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const close = () => setAsking(null);
  return (
    <article class="register-change" data-status={told.status} aria-label={`${told.person}: ${says(told)}`}>
      <p>
        <strong>{told.person}</strong>: {says(told)}
      </p>
      <p>{told.reason}</p>
      <p class="staff-small">{byWhom(told)}</p>
      {told.status === "proposed" && (
        <div class="desk-form-foot">
          <button type="button" class="ds-button" disabled={!told.may_approve} onClick={() => setAsking("approve")}>
            {t("register.approve")}
          </button>
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => setAsking("withdraw")}>
            {t("register.withdraw")}
          </button>
          {!told.may_approve && <p>{t("register.another")}</p>}
        </div>
      )}
      {asking === "approve" && <ApproveDialog {...props} close={close} />}
      {asking === "withdraw" && <WithdrawDialog {...props} close={close} />}
    </article>
  );
}

const says = (told: ShownChange) => changeWords(told.change, told.other);

function byWhom(told: ShownChange): string {
  const proposed = t("register.by_at", { who: told.proposed_by, at: momentWords(told.proposed_at) });
  if (told.status === "proposed") return proposed;
  const settled = { who: told.settled_by, at: momentWords(told.settled_at) };
  return [proposed, t(told.status === "done" ? "register.done_by_at" : "register.withdrawn_by_at", settled)].join(
    " · ",
  );
}

interface AskedProps extends ChangeCardProps {
  close(): void;
}

function ApproveDialog({ told, connection, show, close }: AskedProps) {
  const [number, setNumber] = useState("");
  const typed = told.change.kind === "number";
  const body = { client_id: newId(), change_id: told.change_id, number: number.trim() };
  return (
    <AskDialog
      title={t("register.approve_title")}
      close={close}
      does={t("register.approve")}
      ready={!typed || number.trim() !== ""}
      act={() =>
        connection.insist("register:approve", body).then((changed) => {
          show(changed);
          return null;
        }, keepRefusal)
      }
    >
      <p>
        <strong>{told.person}</strong>: {says(told)}
      </p>
      {told.foreseen && <WhatFollows change={told.change} foreseen={told.foreseen} />}
      {typed && <NumberField label={t("register.number_again")} value={number} change={setNumber} />}
    </AskDialog>
  );
}

function WithdrawDialog({ told, connection, show, close }: AskedProps) {
  const [reason, setReason] = useState("");
  const body = { client_id: newId(), change_id: told.change_id, reason: reason.trim() };
  return (
    <AskDialog
      title={t("register.withdraw_title")}
      close={close}
      does={t("register.withdraw")}
      ready={reason.trim() !== ""}
      act={() =>
        connection.insist("register:withdraw", body).then((changed) => {
          show(changed);
          return null;
        }, keepRefusal)
      }
    >
      <TextField label={t("staff.reason")} value={reason} limit={500} required change={setReason} />
    </AskDialog>
  );
}
