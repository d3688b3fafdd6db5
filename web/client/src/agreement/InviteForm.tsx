/** To which services, and where the code goes; then the code, this once, where it was not sent. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { DialogFoot } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { InvitationMade, InvitePatient, UnitRole } from "../wire";
import type { FunctionName } from "./own";
import type { Invitee } from "./StaffDialog";
import { serviceWords } from "./service_words";
import { dayWords } from "./when";

const ADDRESS_LIMIT = 254;
const TOLD_IN: Record<InvitePatient["told_in"], string> = { sv: "Svenska", nb: "Norsk", en: "English" };
/** Whether this deployment has anything to send with. */
const SENDS = shell.notice_channels.some((channel) => channel === "sms" || channel === "email");

export interface InviteFormProps {
  person: Invitee;
  unit: UnitRole | undefined;
  functions: readonly FunctionName[];
  connection: Connection;
  invited(): void;
  close(): void;
}

export function InviteForm({ person, unit, functions, connection, invited, close }: InviteFormProps) {
  const [chosen, setChosen] = useState<FunctionName[]>([]);
  const [to, setTo] = useState("");
  const [told_in, setToldIn] = useState(lang.value);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<InvitationMade | null>(null);
  const invite = async () => {
    setBusy(true);
    const request = { client_id: newId(), unit_id: unit?.unit_id ?? "", person_id: person.person_id, told_in, to };
    const done = await connection.insist("agreement:invite", { ...request, functions: chosen }).catch(keepRefusal);
    setBusy(false);
    setRefusal(done instanceof Refusal ? done : null);
    if (done instanceof Refusal) return;
    setMade(done);
    invited();
  };
  if (made) return <Made made={made} person={person} unit={unit?.unit ?? ""} told_in={told_in} close={close} />;
  if (functions.length === 0) return <Nothing close={close} />;
  const turn = (service: FunctionName, on: boolean) =>
    setChosen(on ? [...chosen, service] : chosen.filter((it) => it !== service));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0 && !busy) void invite();
      }}
    >
      <fieldset class="plain staff-agreement-choices">
        <legend>{t("agreement.staff_services")}</legend>
        {functions.map((service) => (
          <label key={service}>
            <input
              type="checkbox"
              class="ds-input"
              checked={chosen.includes(service)}
              onChange={(event) => turn(service, event.currentTarget.checked)}
            />
            {serviceWords(service)}
          </label>
        ))}
      </fieldset>
      {SENDS && <To value={to} change={setTo} />}
      <label class="staff-field">
        {t("agreement.staff_told_in")}
        <select
          class="ds-input"
          value={told_in}
          onChange={(event) => setToldIn(event.currentTarget.value as InvitePatient["told_in"])}
        >
          {Object.entries(TOLD_IN).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusal.code === "bad_request" ? t("agreement.staff_not_address") : refusalWords(refusal.code)}
        </p>
      )}
      <DialogFoot
        does={t("agreement.staff_invite")}
        ready={chosen.length > 0}
        busy={busy}
        leaves={t("staff.done")}
        close={close}
      />
    </form>
  );
}

function To({ value, change }: { value: string; change(value: string): void }) {
  return (
    <>
      <label class="staff-field">
        {t("agreement.staff_to")}
        <input
          class="ds-input"
          autocomplete="off"
          maxLength={ADDRESS_LIMIT}
          aria-describedby="agreement-to-hint"
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      <p id="agreement-to-hint" class="staff-small">
        {t("agreement.staff_to_hint")}
      </p>
    </>
  );
}

function Nothing({ close }: { close(): void }) {
  return (
    <>
      <p>{t("agreement.staff_nothing")}</p>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </>
  );
}

interface MadeProps {
  made: InvitationMade;
  person: Invitee;
  unit: string;
  told_in: InvitePatient["told_in"];
  close(): void;
}

/** What was sent is said; what was not is shown this once, as a letter that can be printed. */
function Made({ made, person, unit, told_in, close }: MadeProps) {
  const until = dayWords(made.until);
  return (
    <>
      <p role="status">
        {made.sent ? t("agreement.staff_sent", { day: until }) : t("agreement.staff_not_sent", { day: until })}
      </p>
      {made.code && <Letter code={made.code} person={person} unit={unit} told_in={told_in} />}
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
        {made.code && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => print()}>
            {t("agreement.staff_print")}
          </button>
        )}
      </div>
    </>
  );
}

interface LetterProps extends Pick<MadeProps, "person" | "unit" | "told_in"> {
  code: string;
}

/** In the patient's language, whatever the screen's is. */
function Letter({ code, person, unit, told_in }: LetterProps) {
  const services = t("agreement.title", {}, told_in);
  return (
    <article class="staff-agreement-letter" lang={told_in}>
      <p>{t("agreement.letter_to", { name: person.name }, told_in)}</p>
      <p>{t("agreement.letter_text", { unit, url: location.origin, services }, told_in)}</p>
      <p class="staff-agreement-code" data-testid="agreement-code">
        {t("agreement.letter_code", { code: `${code.slice(0, 3)} ${code.slice(3)}` }, told_in)}
      </p>
      <p>{t("agreement.letter_help", { number: shell.numbers.emergency }, told_in)}</p>
    </article>
  );
}
