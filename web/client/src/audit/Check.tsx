/** One spot check: how much was checked, and each look that was drawn with its judgement. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { locale, t } from "../base/words";
import { useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { CheckedShare, Redrawn, ShownCheck } from "../wire";
import { checkWords } from "./Checks";
import { Item } from "./Item";
import { LookDialog } from "./LookDialog";
import { stratumWords } from "./words_of";

export interface CheckProps {
  connection: Connection;
  check: ShownCheck;
  change(check: ShownCheck): void;
  close(): void;
}

export function Check({ connection, check, change, close }: CheckProps) {
  const [shown, setShown] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
        {t("audit.back")}
      </button>
      <section class="desk-card" aria-labelledby="audit-check">
        <h2 id="audit-check" ref={heading} tabIndex={-1}>
          {checkWords(check.check)}
        </h2>
        <p>{[check.check.provider, check.check.unit || t("audit.every_unit")].filter(Boolean).join(" · ")}</p>
        <h3>{t("audit.shares")}</h3>
        <div class="audit-shares">
          <Shares title={t("audit.by_stratum")} shares={check.strata} words={stratumWords} />
          <Shares title={t("audit.by_unit")} shares={check.units} words={(name) => name} />
        </div>
        <Seed connection={connection} check={check} />
      </section>
      <section class="desk-card" aria-labelledby="audit-work">
        <h2 id="audit-work">{t("audit.work")}</h2>
        <ol class="audit-work">
          {check.items.map((item) => (
            <Item
              key={item.item}
              connection={connection}
              check_id={check.check.check_id}
              item={item}
              change={change}
              show={setShown}
            />
          ))}
        </ol>
      </section>
      {shown && <LookDialog connection={connection} look_id={shown} close={() => setShown(null)} />}
    </>
  );
}

interface SharesProps {
  title: string;
  shares: readonly CheckedShare[];
  words(name: string): string;
}

function Shares({ title, shares, words }: SharesProps) {
  const percent = new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 });
  return (
    <div>
      <table>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t("audit.share_looks")}</th>
            <th scope="col">{t("audit.share_drawn")}</th>
            <th scope="col">{t("audit.share_judged")}</th>
            <th scope="col">{t("audit.share_part")}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((one) => (
            <tr key={one.name}>
              <th scope="row">{words(one.name)}</th>
              <td>{one.looks}</td>
              <td>{one.drawn}</td>
              <td>{one.judged}</td>
              <td>{percent.format(one.judged / one.looks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Anyone may have it drawn again: the same must come out. */
function Seed({ connection, check }: { connection: Connection; check: ShownCheck }) {
  const { answer, refusal, busy, ask } = useAsking<Redrawn>();
  const redraw = () => ask(connection.call("check:redraw", { check_id: check.check.check_id }));
  return (
    <div class="desk-form-foot">
      <p class="staff-small audit-seed">{t("audit.seed", { seed: check.seed })}</p>
      <button type="button" class="ds-button" data-variant="secondary" aria-busy={busy} onClick={() => void redraw()}>
        {t("audit.redraw")}
      </button>
      <p role="status">
        {refusal
          ? refusalWords(refusal.code)
          : answer && t("audit.redrawn", { same: answer.same, items: answer.items })}
      </p>
    </div>
  );
}
