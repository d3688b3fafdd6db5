/** One care giver, unit or member of staff: each sheet as it holds, who answers for that, and changing it. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { refusalWords } from "../staff/refusal_words";
import type { DirectoryShown, SheetShown, SubjectShown } from "../wire";
import { History } from "./History";
import { linesOf, type Names } from "./lines";
import { SheetDialog } from "./SheetDialog";
import { nameWords, type Subject, sheetWords } from "./subjects";
import { WaitingCard } from "./WaitingCard";

interface PageProps {
  subject: Subject;
  list: DirectoryShown;
  units: Names;
  connection: Connection;
  changed(): void;
  close(): void;
}

export function SubjectPage({ subject, list, units, connection, changed, close }: PageProps) {
  const asking = useAsking<SubjectShown>();
  const [status, setStatus] = useState("");
  useEffect(() => {
    void asking.ask(connection.call("directory:show", { ...subject }));
  }, [subject.of, subject.of_id]);
  const done = (told: SubjectShown) => {
    setStatus(t(told.waiting.length > 0 ? "administration.proposed" : "administration.saved"));
    void asking.ask(Promise.resolve(told));
    changed();
  };
  const told = asking.answer;
  return (
    <section class="directory-subject" aria-label={told ? nameWords(told.name) : t("staff.loading")}>
      <div class="desk-form-foot">
        <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
          {t("administration.back")}
        </button>
        {told && <h2 class="directory-name">{nameWords(told.name)}</h2>}
        <span role="status">{status}</span>
      </div>
      {asking.refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(asking.refusal.code)}
        </p>
      )}
      {told?.oneself && <p>{t("administration.oneself")}</p>}
      {told && told.waiting.length > 0 && (
        <section class="desk-card" aria-labelledby="directory-waiting-here">
          <h3 id="directory-waiting-here">{t("administration.waiting")}</h3>
          {told.waiting.map((one) => (
            <WaitingCard key={one.no} told={one} units={units} connection={connection} done={done} />
          ))}
        </section>
      )}
      {told?.sheets.map((sheet) => (
        <SheetCard
          key={sheet.sheet}
          sheet={sheet}
          subject={told}
          list={list}
          units={units}
          connection={connection}
          done={done}
        />
      ))}
    </section>
  );
}

interface CardProps {
  sheet: SheetShown;
  subject: SubjectShown;
  list: DirectoryShown;
  units: Names;
  connection: Connection;
  done(told: SubjectShown): void;
}

function SheetCard({ sheet, subject, list, units, connection, done }: CardProps) {
  const [open, setOpen] = useState<"change" | "standard" | "history" | null>(null);
  const lines = linesOf(sheet.sheet, sheet.value, units);
  const what = sheetWords(sheet.sheet);
  const { of, of_id } = subject;
  const close = () => setOpen(null);
  const returns = of === "unit" && sheet.own && sheet.sheet !== "unit";
  return (
    <section class="desk-card directory-sheet" aria-label={what}>
      <h3>{what}</h3>
      {FOLDED.has(sheet.sheet) ? <Folded lines={lines} /> : <Lines lines={lines} />}
      <p class="staff-small">{heldWords(sheet)}</p>
      <div class="desk-form-foot">
        {!subject.oneself && (
          <button
            type="button"
            class="ds-button"
            aria-label={t("administration.change_what", { what })}
            onClick={() => setOpen("change")}
          >
            {t("administration.change")}
          </button>
        )}
        {returns && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => setOpen("standard")}>
            {t("administration.to_standard")}
          </button>
        )}
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          aria-label={t("administration.history_what", { what })}
          onClick={() => setOpen("history")}
        >
          {t("administration.history")}
        </button>
      </div>
      {(open === "change" || open === "standard") && (
        <SheetDialog
          of={of}
          of_id={of_id}
          sheet={sheet.sheet}
          before={sheet.value}
          begins={sheet.value}
          base={sheet.base}
          standard={open === "standard"}
          list={list}
          units={units}
          connection={connection}
          done={done}
          close={close}
        />
      )}
      {open === "history" && (
        <History subject={{ of, of_id }} sheet={sheet.sheet} units={units} connection={connection} close={close} />
      )}
    </section>
  );
}

function heldWords(sheet: SheetShown): string {
  if (!sheet.own) return t("administration.standard");
  if (!sheet.since || !sheet.proposed_by) return "";
  const values = { at: momentWords(sheet.since), who: sheet.proposed_by, second: sheet.approved_by };
  return t(sheet.approved_by ? "administration.since_by_two" : "administration.since_by", values);
}

function Lines({ lines }: { lines: ReturnType<typeof linesOf> }) {
  if (lines.length === 0) return <p>{t("administration.none")}</p>;
  return (
    <dl class="desk-facts">
      {lines.map((line) => (
        <>
          <dt>{line.label}</dt>
          <dd>{line.text}</dd>
        </>
      ))}
    </dl>
  );
}

const FOLDED = new Set(["silence", "routing", "templates"]);

/** A long sheet stays closed until somebody wants to read it. */
function Folded({ lines }: { lines: ReturnType<typeof linesOf> }) {
  return (
    <details>
      <summary>{t("administration.open")}</summary>
      <Lines lines={lines} />
    </details>
  );
}
