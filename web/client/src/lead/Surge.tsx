/** Surge mode: what it changes is said before it is turned on; it has a reason and an end. */
import { useState } from "preact/hooks";
import { newId } from "../base/id";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { Steered } from "../wire";
import type { NowProps } from "./Now";
import { timeWords } from "./numbers";

const OFFERED_MIN = [30, 60, 120, 240, 480, 1440];
const REASON_LIMIT = 500;

export const offeredMinutes = (longest: number) => OFFERED_MIN.filter((minutes) => minutes <= longest);

export function Surge({ view, connection, changed }: NowProps) {
  const { refusal, busy, ask } = useAsking<Steered>();
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState("");
  const set = async (until: number) => {
    const request = { unit_id: view.unit_id, client_id: newId(), minutes: until, reason: until ? reason : "" };
    if (await ask(connection.insist("surge:set", request))) setReason("");
    await changed();
  };
  const { surge } = view;
  return (
    <section class="desk-card lead-steer" data-on={surge !== null}>
      <h2>{t("lead.surge")}</h2>
      <p>{t("lead.surge_lead")}</p>
      <ul class="lead-points">
        <li>{t("lead.surge_1", { n: view.surge_extra })}</li>
        <li>{t("lead.surge_2")}</li>
        <li>{t("lead.surge_3")}</li>
      </ul>
      {surge ? (
        <div class="desk-form-foot">
          <p role="status">
            <strong>{t("lead.surge_on", { until: timeWords(surge.until) })}</strong>{" "}
            {t("lead.set_by", { name: surge.name || t("lead.a_colleague"), at: timeWords(surge.since) })} {surge.reason}
          </p>
          <button type="button" class="ds-button" data-variant="secondary" aria-busy={busy} onClick={() => void set(0)}>
            {t("lead.surge_end")}
          </button>
        </div>
      ) : (
        <form
          class="desk-form"
          onSubmit={(event) => {
            event.preventDefault();
            void set(minutes);
          }}
        >
          <label class="lead-field">
            {t("lead.reason")}
            <input
              class="ds-input"
              required
              maxLength={REASON_LIMIT}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <Minutes longest={view.surge_longest_min} value={minutes} choose={setMinutes} />
          <div class="desk-form-foot">
            <button type="submit" class="ds-button" aria-busy={busy}>
              {t("lead.surge_begin")}
            </button>
          </div>
        </form>
      )}
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
    </section>
  );
}

export function Minutes(props: { longest: number; value: number; choose(minutes: number): void }) {
  return (
    <label class="lead-field">
      {t("lead.how_long")}
      <select
        class="ds-input"
        value={props.value}
        onChange={(event) => props.choose(Number(event.currentTarget.value))}
      >
        {offeredMinutes(props.longest).map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes < 60 ? t("lead.minutes", { n: minutes }) : t("lead.hours", { n: minutes / 60 })}
          </option>
        ))}
      </select>
    </label>
  );
}
