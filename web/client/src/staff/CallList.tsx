/** The call-back list: patients to reach by telephone. Its count is always in sight; nobody leaves it unseen. */
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import type { BoardRow, CallBack } from "../wire";
import { type ToCall, toCall } from "./calls";
import { personWords } from "./person";
import { age, minutesSince } from "./times";
import type { Workplace } from "./workplace";
import "./calls.css";

export function CallList({ workplace }: { workplace: Workplace }) {
  const rows = toCall(workplace.board.rows.value);
  return (
    <div class="staff-section staff-calls" data-empty={rows.length === 0}>
      <h3>
        {t("staff.calls")} <span class="staff-count">{rows.length}</span>
      </h3>
      {rows.length > 0 && (
        <ul data-testid="rows-calls">
          {rows.map((row) => (
            <CallRow key={row.contact_id} row={row} workplace={workplace} />
          ))}
        </ul>
      )}
    </div>
  );
}

function CallRow({ row, workplace }: { row: ToCall; workplace: Workplace }) {
  return (
    <li>
      <button type="button" class="staff-row" data-level={row.urgency} onClick={() => callThis(row, workplace)}>
        <span class="staff-row-first">
          <Urgency level={row.urgency} />
          <span class="staff-row-who">{personWords(row)}</span>
          <span class="staff-turn">{t(`staff.call_why_${row.call.why}`)}</span>
        </span>
        <span class="staff-row-second">
          <span class="staff-row-words">{triedWords(row.call)}</span>
          <span class="staff-flags">
            <span class="staff-flag" data-strong={minutesSince(row.call.next_at) >= 0}>
              {whenWords(row.call)}
            </span>
          </span>
        </span>
      </button>
    </li>
  );
}

function callThis(row: BoardRow, workplace: Workplace): void {
  workplace.openContact(row.contact_id);
  workplace.dialog.value = "call";
}

/** "1 of 3 calls, no answer". */
export function triedWords(call: CallBack): string {
  const tried = t("staff.call_tried", { n: call.tried, total: call.calls });
  return call.last ? `${tried}: ${t(`staff.call_${call.last}`)}` : tried;
}

function whenWords(call: CallBack): string {
  const late = minutesSince(call.next_at);
  return late >= 0 ? t("staff.call_now") : t("staff.call_in", { when: age(-late) });
}
