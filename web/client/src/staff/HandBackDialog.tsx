/** Giving a contact back to its old place in the queue, with a reason the next nurse reads. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";

export function HandBackDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("staff.hand_back_title")}
      close={close}
      does={t("staff.hand_back")}
      ready={reason.trim() !== ""}
      act={() => contact.handBack(reason.trim())}
    >
      <p>{t("staff.hand_back_text")}</p>
      <TextField label={t("staff.reason")} value={reason} required change={setReason} />
    </AskDialog>
  );
}
