/** "Why is this one next?": a few sentences about the row the keys stand on. */
import { t } from "../base/words";
import { Dialog } from "../staff/Dialog";
import { personWords } from "../staff/person";
import type { Rows } from "../staff/shown";
import { whyWords } from "./why";
import "./words";

export interface WhyDialogProps {
  /** The contact the keys stand on. */
  contact_id: string | null;
  rows: Rows;
  close(): void;
}

export function WhyDialog({ contact_id, rows, close }: WhyDialogProps) {
  const row = contact_id === null ? undefined : rows.get(contact_id);
  return (
    <Dialog title={t("queue.why")} close={close}>
      {row && <p class="staff-row-who">{personWords(row)}</p>}
      <ul data-testid="why">
        {(row ? whyWords(row, rows.values()) : [t("queue.nobody_chosen")]).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </Dialog>
  );
}
