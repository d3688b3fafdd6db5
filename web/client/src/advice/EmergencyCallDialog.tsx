/** Calling 112 or 113 for a patient, step by step: what to do, what to write to them, and where they are. */
import { useRef, useState } from "preact/hooks";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { Dialog } from "../staff/Dialog";
import { Newer } from "../staff/Newer";
import { readingOf } from "../staff/reading";
import { clock } from "../staff/times";
import { WithheldReach } from "../staff/WithheldReach";
import type { CallStep } from "../wire";
import { guidance, inMine, inTheirs } from "./guidance";
import "./advice.css";
import "./words";

export interface EmergencyCallDialogProps {
  contact: OpenContact;
  close(): void;
}

/** When each step was done, by its id. */
type Done = Record<string, string>;

export function EmergencyCallDialog({ contact, close }: EmergencyCallDialogProps) {
  const [done, setDone] = useState<Done>({});
  const steps = guidance.value?.emergency_call ?? [];
  const number = shell.numbers.emergency;
  const tick = (id: string, on: boolean) => setDone((all) => ({ ...all, [id]: on ? new Date().toISOString() : "" }));
  const ticked = steps.filter(({ id }) => done[id]);
  const saving = useRef(false);
  const save = async () => {
    if (saving.current) return;
    saving.current = true;
    const told = ticked.map((step) => `${clock(done[step.id] ?? "")} ${inMine(step.do)}`).join("\n");
    try {
      if (!(await contact.note(t("advice.script_noted", { number, steps: `\n${told}` })))) close();
    } finally {
      saving.current = false;
    }
  };
  return (
    <Dialog title={t("advice.script_title", { number })} close={close}>
      <Where contact={contact} />
      <Newer contact={contact} />
      {!contact.maySpeak && <p class="staff-small">{t("advice.script_claim")}</p>}
      {steps.length === 0 && <p role="status">{t("advice.loading")}</p>}
      <ol class="advice-steps">
        {steps.map((step) => (
          <Step key={step.id} step={step} contact={contact} done={!!done[step.id]} tick={tick} />
        ))}
      </ol>
      {contact.trouble.value && <p class="staff-problem">{t("base.error_other")}</p>}
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" disabled={ticked.length === 0} onClick={() => void save()}>
          {t("advice.script_note")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </Dialog>
  );
}

function Where({ contact }: { contact: OpenContact }) {
  const { reach } = readingOf(contact.entries.value);
  return (
    <section class="advice-where" aria-label={t("advice.script_where")}>
      {contact.phoneWithheld ? (
        <WithheldReach contact={contact} />
      ) : (
        <p>{reach ? `${reach.place} · ${reach.phone}` : t("staff.where_unknown")}</p>
      )}
    </section>
  );
}

interface StepProps {
  step: CallStep;
  contact: OpenContact;
  done: boolean;
  tick(id: string, on: boolean): void;
}

function Step({ step, contact, done, tick }: StepProps) {
  const said = step.say && inTheirs(step.say, contact.summary.value?.lang ?? "");
  return (
    <li data-done={done}>
      <label>
        <input type="checkbox" checked={done} onChange={(event) => tick(step.id, event.currentTarget.checked)} />
        {inMine(step.do)}
      </label>
      {said && contact.maySpeak && <Say contact={contact} said={said} sent={() => tick(step.id, true)} />}
    </li>
  );
}

interface SayProps {
  contact: OpenContact;
  said: ReturnType<typeof inTheirs>;
  sent(): void;
}

function Say({ contact, said, sent }: SayProps) {
  const [state, setState] = useState<"" | "sent" | "held">("");
  const send = async () => {
    setState("sent");
    const refused = await contact.say(said.text, said.lang);
    setState(refused ? "held" : "sent");
    if (!refused) sent();
  };
  return (
    <p class="advice-say">
      <q lang={said.lang}>{said.text}</q>{" "}
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-disabled={state === "sent"} // a disabled button would lose the focus, and the keys with it
        onClick={() => state !== "sent" && void send()}
      >
        {t(state === "sent" ? "advice.script_sent" : "advice.script_send")}
      </button>
      {state === "held" && <span role="alert">{t("advice.script_not_sent")}</span>}
    </p>
  );
}
