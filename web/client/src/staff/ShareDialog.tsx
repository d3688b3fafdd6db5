/** Two units answer for a person together: with whom, until when and why; and the agreements there are, each to end. */
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import type { SharedWith, Shares } from "../wire";
import { AskDialog, TextField } from "./Dialog";
import type { Doors } from "./doors";
import { refusalWords } from "./refusal_words";
import { clock } from "./times";
import "./door_words";
import "./doors.css";

const REASON_LIMIT = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
const AT_MOST_DAYS = 365;

export interface ShareDialogProps {
  contact_id: string;
  doors: Doors;
  close(): void;
}

export function ShareDialog({ contact_id, doors, close }: ShareDialogProps) {
  const [shares, setShares] = useState<Shares | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [unit, setUnit] = useState("");
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const load = async () => {
    const answer = await doors.shares(contact_id);
    if (answer instanceof Refusal) setTrouble(answer.code);
    else setShares(answer);
  };
  useEffect(() => {
    void load();
  }, []);
  const end = async (door_id: string) => {
    setTrouble((await doors.endShare(door_id))?.code ?? null);
    await load();
  };
  const act = () => doors.share({ contact_id, with_unit_id: unit, until: endOf(day), reason: reason.trim() });
  return (
    <AskDialog
      title={t("door.share_title")}
      close={close}
      does={t("door.share_do")}
      ready={unit !== "" && inTime(day) && reason.trim() !== ""}
      act={act}
      words={(code) => (code === "not_found" ? t("door.share_not") : null)}
    >
      <p>{t("door.share_lead")}</p>
      <Agreements agreements={shares?.agreements ?? []} end={end} />
      {trouble && (
        <p role="alert" class="staff-problem">
          {refusalWords(trouble)}
        </p>
      )}
      <Unit shares={shares} value={unit} choose={setUnit} />
      <Until value={day} choose={setDay} />
      <TextField label={t("door.reason")} value={reason} limit={REASON_LIMIT} required change={setReason} />
    </AskDialog>
  );
}

function Agreements({ agreements, end }: { agreements: readonly SharedWith[]; end(door_id: string): Promise<void> }) {
  if (agreements.length === 0) return null;
  return (
    <section aria-labelledby="share-now">
      <h3 id="share-now" class="door-now">
        {t("door.share_now")}
      </h3>
      <ul class="door-agreements">
        {agreements.map((one) => (
          <li key={one.door_id}>
            <span>
              {one.unit}, {t("door.until", { time: clock(one.until) })}
            </span>
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-label={t("door.share_end_with", { unit: one.unit })}
              onClick={() => void end(one.door_id)}
            >
              {t("door.share_end")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface UnitProps {
  shares: Shares | null;
  value: string;
  choose(unit_id: string): void;
}

function Unit({ shares, value, choose }: UnitProps) {
  return (
    <label class="staff-field">
      {t("door.share_unit")}
      <select class="ds-input" required value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="" />
        {shares?.units.map((one) => (
          <option key={one.unit_id} value={one.unit_id}>
            {one.unit}, {one.provider}
          </option>
        ))}
      </select>
    </label>
  );
}

function Until({ value, choose }: { value: string; choose(day: string): void }) {
  return (
    <label class="staff-field">
      {t("door.share_until")}
      <input
        class="ds-input"
        type="date"
        required
        min={dayIn(0)}
        max={dayIn(AT_MOST_DAYS)}
        aria-describedby="share-within"
        value={value}
        onInput={(event) => choose(event.currentTarget.value)}
      />
      <span id="share-within" class="staff-small">
        {t("door.share_within")}
      </span>
    </label>
  );
}

/** The day that many days from now, as a date field writes it. */
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toLocaleDateString("sv-SE");

const inTime = (day: string) => day >= dayIn(0) && day <= dayIn(AT_MOST_DAYS);

/** The last second of the day, where the reader is. */
const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString();
