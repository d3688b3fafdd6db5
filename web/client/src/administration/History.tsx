/** Everything that was decided of one sheet, the newest first. */
import { useEffect } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { Dialog } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { SheetEvent, SheetHistory } from "../wire";
import { linesOf, type Names } from "./lines";
import { type Subject, sheetWords } from "./subjects";

interface HistoryProps {
  subject: Subject;
  sheet: string;
  units: Names;
  connection: Connection;
  close(): void;
}

export function History({ subject, sheet, units, connection, close }: HistoryProps) {
  const asking = useAsking<SheetHistory>();
  useEffect(() => {
    void asking.ask(connection.call("directory:history", { ...subject, sheet }));
  }, []);
  return (
    <Dialog title={t("administration.history_what", { what: sheetWords(sheet) })} close={close}>
      {asking.refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(asking.refusal.code)}
        </p>
      )}
      {asking.answer?.events.length === 0 && <p>{t("administration.history_none")}</p>}
      <ol class="directory-history">
        {asking.answer?.events.map((event) => (
          <li key={event.no}>
            <p>
              <strong>{statusWords(event)}</strong>
            </p>
            <p>{t("administration.by_at", { who: event.by, at: momentWords(event.at) })}</p>
            <p>{[event.reason, event.settled_reason].filter(Boolean).join(" · ")}</p>
            <details>
              <summary>{t("administration.open")}</summary>
              <dl class="desk-facts">
                {linesOf(sheet, event.value, units).map((line) => (
                  <>
                    <dt>{line.label}</dt>
                    <dd>{line.text}</dd>
                  </>
                ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("administration.leave")}
        </button>
      </div>
    </Dialog>
  );
}

function statusWords(event: SheetEvent): string {
  const settled = { who: event.settled_by, at: event.settled_at && momentWords(event.settled_at) };
  if (event.status === "approved") return t("administration.status_approved", settled);
  if (event.status === "withdrawn") return t("administration.status_withdrawn", settled);
  return t(event.status === "waiting" ? "administration.status_waiting" : "administration.status_in_force");
}
