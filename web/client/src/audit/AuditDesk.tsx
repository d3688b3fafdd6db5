/** The auditor's desk: looks to be found, and spot checks to be judged. Loaded only by who sits there. */
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import type { AuditScope } from "../wire";
import { Checks } from "./Checks";
import { Looks } from "./Looks";
import "./words";
import "./audit.css";

type Tab = "looks" | "checks";
const TABS: readonly Tab[] = ["looks", "checks"];
const NONE: AuditScope = { units: [], staff: [] };

export function AuditDesk(props: DeskProps) {
  const [tab, setTab] = useState<Tab>("looks");
  const [scope, setScope] = useState(NONE);
  const { connection } = props;
  useEffect(
    () =>
      connection.onUp(() => {
        void connection.call("audit:scope", {}).then(setScope, keepRefusal);
      }),
    [connection],
  );
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">{t("audit.title")}</h1>
        <p>{t("audit.lead")}</p>
        <nav class="audit-tabs" aria-label={t("audit.title")}>
          {TABS.map((one) => (
            <button key={one} type="button" aria-current={tab === one ? "page" : undefined} onClick={() => setTab(one)}>
              {t(`audit.tab_${one}`)}
            </button>
          ))}
        </nav>
        {tab === "looks" ? (
          <Looks connection={connection} scope={scope} />
        ) : (
          <Checks connection={connection} scope={scope} />
        )}
      </div>
    </DeskFrame>
  );
}

function keepRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
