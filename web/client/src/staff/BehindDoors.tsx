/** Contacts outside one's units that an open door leads to: each says on what ground and until when. */
import { t } from "../base/words";
import type { BehindDoor } from "../wire";
import { clock } from "./times";
import type { Workplace } from "./workplace";
import "./door_words";
import "./doors.css";

export function BehindDoors({ workplace }: { workplace: Workplace }) {
  const rows = workplace.doors.behind.value;
  if (rows.length === 0) return null;
  return (
    <div class="staff-section">
      <h3>
        {t("door.outside")} <span class="staff-count">{rows.length}</span>
      </h3>
      <ul data-testid="rows-outside">
        {rows.map((row) => (
          <Behind key={row.contact_id} row={row} workplace={workplace} />
        ))}
      </ul>
    </div>
  );
}

function Behind({ row, workplace }: { row: BehindDoor; workplace: Workplace }) {
  const isOpen = workplace.open.value?.id === row.contact_id;
  return (
    <li class="door-row">
      <button
        type="button"
        id={`door-${row.contact_id}`}
        class="staff-row"
        aria-current={isOpen ? "true" : undefined}
        onClick={() => workplace.openContact(row.contact_id)}
      >
        <span class="staff-row-first">
          <span class="staff-row-who">{row.unit}</span>
          <span class="staff-turn">{t("door.until", { time: clock(row.until) })}</span>
        </span>
        <span class="staff-row-second">
          <span class="staff-row-words">
            {t("door.begun", { at: clock(row.opened_at) })} · {t(`door.status_${row.status}`)}
          </span>
          <span class="staff-flag" data-strong={row.basis === "emergency"}>
            {t(`door.basis_${row.basis}`)}
          </span>
        </span>
      </button>
      <DoneWith door={row} workplace={workplace} />
    </li>
  );
}

/** Ends one's own doors to a contact; an agreement between units is not one's own to end. */
export function DoneWith({ door, workplace }: { door: BehindDoor; workplace: Workplace }) {
  if (door.door_ids.length === 0) return null;
  return (
    <button
      type="button"
      class="ds-button door-done"
      data-variant="secondary"
      aria-label={t("door.done_with", { unit: door.unit })}
      onClick={() => void workplace.leaveDoor(door)}
    >
      {t("door.done")}
    </button>
  );
}
