/** One content set: what it would have changed, where it stands, and what one may do about it. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { AskDialog, TextField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { ContentSetShown, Rehearsed } from "../wire";
import { Beside } from "./Beside";

export interface ContentSetProps {
  set: ContentSetShown;
  /** The version this service judges by now. */
  judging: string;
  approve(): Promise<unknown>;
  withdraw(reason: string): Promise<unknown>;
  changed(): unknown;
  connection: Connection;
  cares: boolean;
}

export function ContentSet({ set, judging, approve, withdraw, changed, connection, cares }: ContentSetProps) {
  const [withdrawing, setWithdrawing] = useState(false);
  const asking = useAsking<unknown>();
  const act = async () => {
    await asking.ask(approve());
    await changed();
  };
  return (
    <section class="desk-card" aria-label={set.version} data-status={set.status}>
      <h2>
        <code class="content-version">{set.version}</code>
      </h2>
      <p>
        <strong>{statusWords(set, judging)}</strong>
      </p>
      <dl class="desk-facts">
        <dt>{t("content.reason")}</dt>
        <dd>{set.reason}</dd>
        <dt>{t("content.proposed")}</dt>
        <dd>{t("content.by_at", { who: set.proposed_by, at: momentWords(set.proposed_at) })}</dd>
        <dt>{t("content.approved_by")}</dt>
        <dd>{set.approved_by.join(", ") || t("content.nobody")}</dd>
      </dl>
      <Effect rehearsed={set.rehearsed} />
      <Beside connection={connection} version={set.version} cares={cares} />
      {set.status === "proposed" && (
        <div class="desk-form-foot">
          <button
            type="button"
            class="ds-button"
            disabled={!set.may_approve}
            aria-busy={asking.busy}
            onClick={() => void act()}
          >
            {t("content.approve")}
          </button>
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => setWithdrawing(true)}>
            {t("content.withdraw")}
          </button>
          {!set.may_approve && <p>{t("content.another")}</p>}
          {asking.refusal && (
            <p role="alert" class="staff-problem">
              {refusalWords(asking.refusal.code)}
            </p>
          )}
        </div>
      )}
      {withdrawing && (
        <WithdrawDialog
          close={() => {
            setWithdrawing(false);
            void changed();
          }}
          withdraw={withdraw}
        />
      )}
    </section>
  );
}

function statusWords(set: ContentSetShown, judging: string): string {
  if (set.status !== "approved") return t(`content.status_${set.status}`, { n: set.approved_by.length });
  if (set.version === judging) return t("content.status_judging");
  return set.in_force_since ? t("content.status_at_start") : t("content.status_before");
}

/** What every contact there was when it was proposed would have got by it. */
function Effect({ rehearsed }: { rehearsed: Rehearsed }) {
  const { cases, up, down } = rehearsed;
  const same = cases - up - down;
  return (
    <figure class="content-effect">
      <figcaption>{t("content.effect", { n: cases })}</figcaption>
      {cases > 0 && (
        <svg viewBox={`0 0 ${cases} 1`} preserveAspectRatio="none" aria-hidden="true">
          <rect width={up} height="1" data-part="up" />
          <rect x={up} width={same} height="1" data-part="same" />
          <rect x={up + same} width={down} height="1" data-part="down" />
        </svg>
      )}
      <ul>
        <li data-part="up">{t("content.up", { n: up })}</li>
        <li data-part="same">{t("content.same", { n: same })}</li>
        <li data-part="down">{t("content.down", { n: down })}</li>
      </ul>
    </figure>
  );
}

function WithdrawDialog({ close, withdraw }: { close(): void; withdraw(reason: string): Promise<unknown> }) {
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("content.withdraw_title")}
      close={close}
      does={t("content.withdraw")}
      ready={reason.trim() !== ""}
      act={() => withdraw(reason.trim()).then(() => null, keepRefusal)}
    >
      <TextField label={t("staff.reason")} value={reason} required change={setReason} />
    </AskDialog>
  );
}
