/** Ending a contact: why, what the patient should watch for, and how it is known that they have understood it. */
import { useState } from "preact/hooks";
import { AdviceText, firstText } from "../advice/AdviceText";
import { ruleOf } from "../advice/guidance";
import { type How, Understood, waysOf } from "../advice/Understood";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { CloseContact } from "../wire";
import type { OpenContact } from "./contact";
import { AskDialog } from "./Dialog";
import { Newer } from "./Newer";
import { placesLeft } from "./slash";

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
  const [advice, setAdvice] = useState(() => firstText(contact));
  const [chosen, setChosen] = useState<How | null>(null);
  const text = advice.trim();
  const ways = waysOf(contact, reason, text);
  const how = chosen && ways.includes(chosen) ? chosen : (ways[0] ?? "ask");
  const act = async () => {
    if (reason === "") return null;
    return how === "ask" ? contact.advise(text, reason) : contact.end(reason, text, how);
  };
  return (
    <AskDialog
      title={t("staff.close_title")}
      close={close}
      does={t(how === "ask" ? "advice.ask_and_close" : "staff.close")}
      ready={reason !== "" && placesLeft(text).length === 0 && (how !== "ask" || text !== "")}
      act={act}
    >
      <Newer contact={contact} />
      <label class="staff-field">
        {t("staff.reason")}
        <select
          name="reason"
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
      <AdviceText contact={contact} value={advice} change={setAdvice} />
      {reason !== "" && <Understood ways={ways} value={how} choose={setChosen} />}
      <Rule reason={reason} />
    </AskDialog>
  );
}

/** Where the rule of this reason comes from, and whether anyone has reviewed it. */
function Rule({ reason }: { reason: string }) {
  const rule = ruleOf(reason);
  if (!rule) return null;
  return (
    <p class="staff-small">
      {t("advice.closing_source", { source: rule.source, review: t(`advice.review_${rule.review}`) })}
    </p>
  );
}
