/** A named person sets the level, with a reason: the only way it is ever lowered. */
import { useState } from "preact/hooks";
import { LEVELS, type Level, Urgency } from "../base/urgency";
import { t } from "../base/words";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";
import { Newer } from "./Newer";

export function UrgencyDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const current = contact.summary.value?.urgency ?? "urgent";
  const [level, setLevel] = useState<Level>(current);
  const [reason, setReason] = useState("");
  const lower = LEVELS.indexOf(level) > LEVELS.indexOf(current);
  return (
    <AskDialog
      title={t("staff.urgency_title")}
      close={close}
      does={t("staff.set_urgency")}
      ready={reason.trim() !== ""}
      act={() => contact.setUrgency(level, reason.trim())}
    >
      <Newer contact={contact} />
      <fieldset class="staff-levels">
        <legend>{t("staff.level")}</legend>
        {LEVELS.map((one) => (
          <label key={one}>
            <input type="radio" name="level" value={one} checked={one === level} onChange={() => setLevel(one)} />
            <Urgency level={one} />
          </label>
        ))}
      </fieldset>
      {lower && <p class="staff-lower">{t("staff.lower")}</p>}
      <TextField label={t("staff.reason")} value={reason} required change={setReason} />
    </AskDialog>
  );
}
