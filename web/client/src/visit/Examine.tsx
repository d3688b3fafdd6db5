/** What is seen and measured during the visit, and goes into the contact: numbers by either side, a photo at staff's asking. */
import { t } from "../base/words";
import { VitalsForm } from "../vitals/VitalsForm";
import { VitalsList } from "../vitals/VitalsList";
import type { EntryView } from "../wire";
import { AskPhoto } from "./Photo";
import type { Visit } from "./visit";

/** The contact beside the visit, for who may read and write in it; guests have none. */
export interface BesideVisit {
  entries: readonly EntryView[];
  /** What staff write under; patients give nothing. */
  under(): { claim_no?: number };
  /** False where one may see and not write. */
  mayTell: boolean;
}

export function Examine({ visit, beside }: { visit: Visit; beside: BesideVisit }) {
  const { connection, contact_id } = visit.of;
  return (
    <section class="visit-check visit-examine" aria-label={t("vitals.title")}>
      {visit.isClinician && <AskPhoto visit={visit} entries={beside.entries} />}
      <VitalsList entries={beside.entries} />
      {beside.mayTell && <VitalsForm connection={connection} contact_id={contact_id} under={beside.under} />}
    </section>
  );
}
