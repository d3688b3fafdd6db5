/** Calling a patient back: the number, how it went, and the one other way off the list, a named person's reason. */
import { useState } from "preact/hooks";
import { guidance, inMine } from "../advice/guidance";
import { t } from "../base/words";
import "../advice/advice.css";
import "../advice/words";
import type { CallBack, TryCall } from "../wire";
import { triedWords } from "./CallList";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";
import { WithheldReach } from "./WithheldReach";

type Ending = TryCall["outcome"] | "ended";

const ENDINGS: readonly Ending[] = ["reached", "no_answer", "left_message", "wrong_number", "ended"];

export interface CallDialogProps {
  contact: OpenContact;
  /** Unset: the contact is not on the list, and a call may be noted all the same. */
  call: CallBack | null;
  close(): void;
}

export function CallDialog({ contact, call, close }: CallDialogProps) {
  const [ending, setEnding] = useState<Ending | null>(null);
  const [note, setNote] = useState("");
  const needsReason = ending === "ended";
  const act = async () => {
    if (ending === null) return null;
    return ending === "ended" ? contact.endCall(note.trim()) : contact.tryCall(ending, note.trim());
  };
  return (
    <AskDialog
      title={t("staff.call_title")}
      close={close}
      does={t("staff.call_save")}
      ready={ending !== null && (!needsReason || note.trim() !== "")}
      act={act}
    >
      {contact.phoneWithheld ? <WithheldReach contact={contact} /> : <TheirNumber phone={contact.phone} />}
      {call && <p class="staff-small">{triedWords(call)}</p>}
      {call && call.tried >= call.calls && <Next contact={contact} />}
      <fieldset class="staff-outcomes">
        <legend>{t("staff.call_how")}</legend>
        {ENDINGS.filter((one) => call !== null || one !== "ended").map((one) => (
          <label key={one}>
            <input type="radio" name="outcome" checked={ending === one} onChange={() => setEnding(one)} />
            {t(`staff.call_${one}`)}
          </label>
        ))}
      </fieldset>
      <TextField
        label={t(needsReason ? "staff.reason" : "staff.call_note")}
        value={note}
        required={needsReason}
        change={setNote}
      />
    </AskDialog>
  );
}

/** Every call was made and nobody answered: what comes next, by the level. */
function Next({ contact }: { contact: OpenContact }) {
  const next = guidance.value?.failed_contact.find(({ urgency }) => urgency === contact.summary.value?.urgency);
  if (!next) return null;
  const { source, review } = next;
  return (
    <section class="advice-next" data-testid="calls-made">
      <h3>{t("advice.calls_made")}</h3>
      <p>{inMine(next.do)}</p>
      <p class="staff-small">{t("advice.source", { source, review: t(`advice.review_${review}`) })}</p>
    </section>
  );
}

function TheirNumber({ phone }: { phone: string | null }) {
  if (!phone) return <p class="staff-problem">{t("staff.call_no_number")}</p>;
  return (
    <p>
      <a class="staff-number" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
        {phone}
      </a>
    </p>
  );
}
