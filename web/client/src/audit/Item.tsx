/** One look that was drawn, and what the auditor makes of it. A judgement is never taken away; a later one counts. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { TextField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { CheckItem, JudgedLook, JudgeLook, ShownCheck } from "../wire";
import { LookRow } from "./LookRow";
import { stratumWords } from "./words_of";

type Verdict = JudgeLook["verdict"];
const VERDICTS: readonly Verdict[] = ["in_order", "not_in_order", "ask_manager"];
const REASON_LIMIT = 500;

export interface ItemProps {
  connection: Connection;
  check_id: string;
  item: CheckItem;
  change(check: ShownCheck): void;
  show(look_id: string): void;
}

export function Item({ connection, check_id, item, change, show }: ItemProps) {
  const [again, setAgain] = useState(false);
  const { judged, look } = item;
  const done = (check: ShownCheck) => {
    setAgain(false);
    change(check);
  };
  return (
    <li data-verdict={judged?.verdict} aria-label={t("audit.item", { n: item.item + 1 })}>
      <p class="staff-small">
        {t("audit.stratum")}: {stratumWords(item.stratum)}
      </p>
      {look ? <LookRow look={look} show={show} /> : <p>{t("audit.item_erased")}</p>}
      {judged && <Judged judged={judged} />}
      {judged && !again ? (
        <div>
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => setAgain(true)}>
            {t("audit.judge_again")}
          </button>
        </div>
      ) : (
        <Judge connection={connection} check_id={check_id} item={item.item} done={done} />
      )}
    </li>
  );
}

function Judged({ judged }: { judged: JudgedLook }) {
  return (
    <p>
      <strong>{t(`audit.verdict_${judged.verdict}`)}</strong>{" "}
      <span class="staff-small">{t("audit.judged", { at: momentWords(judged.at) })}</span>
      {judged.reason && (
        <>
          <br />
          <q>{judged.reason}</q>
        </>
      )}
    </p>
  );
}

interface JudgeProps {
  connection: Connection;
  check_id: string;
  item: number;
  done(check: ShownCheck): void;
}

function Judge({ connection, check_id, item, done }: JudgeProps) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [reason, setReason] = useState("");
  const { refusal, busy, ask } = useAsking<ShownCheck>();
  const ready = verdict === "in_order" || (verdict !== null && reason.trim() !== "");
  const submit = async () => {
    if (!verdict) return;
    const judged = { client_id: newId(), check_id, item, verdict, reason: reason.trim() };
    const told = await ask(connection.insist("check:judge", judged));
    if (told) done(told);
  };
  return (
    <form
      class="audit-judge"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void submit();
      }}
    >
      <fieldset>
        <legend>{t("audit.judge")}</legend>
        {VERDICTS.map((one) => (
          <label key={one} class="staff-check">
            <input type="radio" name={`verdict-${item}`} checked={one === verdict} onChange={() => setVerdict(one)} />
            {t(`audit.verdict_${one}`)}
          </label>
        ))}
      </fieldset>
      <TextField label={t("audit.reason")} value={reason} limit={REASON_LIMIT} change={setReason} />
      {verdict !== null && !ready && <p class="staff-small">{t("audit.reason_needed")}</p>}
      <div class="desk-form-foot">
        <button type="submit" class="ds-button" disabled={!ready} aria-busy={busy}>
          {t("audit.judge_do")}
        </button>
        {refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(refusal.code)}
          </p>
        )}
      </div>
    </form>
  );
}
