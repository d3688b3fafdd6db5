/** Typing what was measured: every field may stay empty, and the service says which value cannot be. */
import { useRef, useState } from "preact/hooks";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { read, SIGNS, type Sign, unitOf, type Vitals } from "./vitals";
import "./vitals.css";

export interface VitalsFormProps {
  connection: Connection;
  contact_id: string;
  /** What staff write under; patients give nothing. */
  under(): { claim_no?: number };
}

type Typed = Partial<Record<Sign, string>>;
type Told = { state: "sent" } | { state: "trouble"; words: string; sign?: Sign } | null;

export function VitalsForm(props: VitalsFormProps) {
  const [typed, setTyped] = useState<Typed>({});
  const [told, setTold] = useState<Told>(null);
  const [busy, setBusy] = useState(false);
  const client = useRef(newId());
  const say = (sign: Sign, value: string) => {
    setTyped({ ...typed, [sign]: value });
    setTold(null);
  };
  const send = async () => {
    const vitals = valuesOf(typed);
    const odd = SIGNS.find((sign) => Number.isNaN(vitals[sign]));
    if (odd) return setTold(oddOne(odd));
    if (Object.keys(vitals).length === 0) return setTold({ state: "trouble", words: t("vitals.nothing") });
    setBusy(true);
    const { connection, contact_id, under } = props;
    const request = { contact_id, client_id: client.current, vitals, ...under() };
    const answer = await connection.insist("vitals:tell", request).catch(onlyRefusal);
    setBusy(false);
    if (answer instanceof Refusal) return setTold(refused(answer));
    client.current = newId();
    setTyped({});
    setTold({ state: "sent" });
  };
  return (
    <form
      class="vitals-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <p>{t("vitals.lead")}</p>
      <div class="vitals-fields">
        {SIGNS.map((sign) => (
          <Field
            key={sign}
            sign={sign}
            value={typed[sign] ?? ""}
            wrong={told?.state === "trouble" && told.sign === sign}
            say={(value) => say(sign, value)}
          />
        ))}
      </div>
      {told && (
        <p role={told.state === "sent" ? "status" : "alert"}>{told.state === "sent" ? t("vitals.sent") : told.words}</p>
      )}
      <button type="submit" class="ds-button" aria-busy={busy}>
        {t("vitals.send")}
      </button>
    </form>
  );
}

interface FieldProps {
  sign: Sign;
  value: string;
  wrong: boolean;
  say(value: string): void;
}

function Field({ sign, value, wrong, say }: FieldProps) {
  return (
    <label class="vitals-field">
      <span>
        {t(`vitals.${sign}`)} <span class="vitals-unit">{unitOf(sign)}</span>
      </span>
      <input
        class="ds-input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={6}
        value={value}
        aria-invalid={wrong}
        onInput={(event) => say(event.currentTarget.value)}
      />
    </label>
  );
}

function valuesOf(typed: Typed): Vitals {
  const read_in = SIGNS.map((sign) => [sign, read(typed[sign] ?? "")] as const);
  return Object.fromEntries(read_in.filter(([, value]) => value !== null));
}

function oddOne(sign: Sign): Told {
  return { state: "trouble", sign, words: t("vitals.odd", { what: t(`vitals.${sign}`) }) };
}

/** The service names the field whose value cannot be. */
function refused({ data }: Refusal): Told {
  const sign = SIGNS.find((one) => data.where === `$.vitals.${one}`);
  return sign ? oddOne(sign) : { state: "trouble", words: t("vitals.did_not_go") };
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
