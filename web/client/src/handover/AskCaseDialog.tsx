/** Asking a colleague for the contact they hold. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { AskDialog, TextField } from "../staff/Dialog";
import type { HandOvers } from "./handovers";
import "./words";

export interface AskCaseDialogProps {
  contact: OpenContact;
  handOvers: HandOvers;
  close(): void;
}

export function AskCaseDialog({ contact, handOvers, close }: AskCaseDialogProps) {
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("handover.ask_title")}
      close={close}
      does={t("handover.ask")}
      ready={reason.trim() !== ""}
      act={() => handOvers.ask(contact, reason.trim())}
    >
      <p>{t("handover.ask_lead", { name: contact.summary.value?.clinician?.name ?? "" })}</p>
      <TextField label={t("staff.reason")} value={reason} required change={setReason} />
    </AskDialog>
  );
}
