/** Ending a contact: why, and what the patient should watch for. The advice begins as the assessment's own and may be changed. */
import { useState } from "preact/hooks";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { CloseContact } from "../wire";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";
import { Newer } from "./Newer";
import { readingOf } from "./reading";

type CloseReason = CloseContact["reason"];

const REASONS: readonly CloseReason[] = [
  "self_care_advice",
  "booked_visit",
  "video_done",
  "referred_emergency_department",
  "called_112_113",
  "referred_other",
  "prescription",
  "certificate",
  "admin_info",
  "no_contact_after_attempts",
  "abandoned",
  "wrong_unit",
  "duplicate",
  "inappropriate_conduct",
  "technical",
];

export function CloseDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [reason, setReason] = useState<CloseReason | "">("");
  const [advice, setAdvice] = useState(() => readingOf(contact.entries.value).assessed?.safety_net ?? "");
  return (
    <AskDialog
      title={t("staff.close_title")}
      close={close}
      does={t("staff.close")}
      ready={reason !== ""}
      act={async () => (reason === "" ? null : contact.end(reason, advice.trim()))}
    >
      <Newer contact={contact} />
      <label class="staff-field">
        {t("staff.reason")}
        <select
          class="ds-input"
          required
          value={reason}
          onChange={(event) => setReason(REASONS.find((one) => one === event.currentTarget.value) ?? "")}
        >
          <option value="">{t("staff.choose_reason")}</option>
          {REASONS.map((one) => (
            <option key={one} value={one}>
              {t(`staff.reason_${one}`, { number: shell.numbers.emergency })}
            </option>
          ))}
        </select>
      </label>
      <TextField label={t("staff.safety_net")} value={advice} rows={5} limit={8_000} change={setAdvice} />
    </AskDialog>
  );
}
