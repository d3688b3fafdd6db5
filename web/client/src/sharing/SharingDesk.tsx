/** The desk of who answers for a unit without caring there: with whom its contacts' persons are shared. */
import { useEffect, useState } from "preact/hooks";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { Board } from "../staff/board";
import { Doors } from "../staff/doors";
import { Protected } from "../staff/Protected";
import { personWords } from "../staff/person";
import { ShareDialog } from "../staff/ShareDialog";
import { clock } from "../staff/times";
import type { BoardRow } from "../wire";
import "./words";
import "./sharing.css";

export function SharingDesk(props: DeskProps) {
  const { me, connection } = props;
  const [sharing, setSharing] = useState<string | null>(null);
  const [{ board, doors }] = useState(() => ({
    board: new Board({ connection, units: me.roles.filter(({ role }) => role === "unit_lead"), me: me.id }),
    doors: new Doors(connection, () => {}),
  }));
  useEffect(() => () => board.close(), [board]);
  const rows = [...board.rows.value.values()].filter((row) => row.status !== "closed").sort(inOrder);
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">{t("sharing.title")}</h1>
        <p>{t("sharing.lead")}</p>
        <div role="status">
          {board.ended.value.map((unit) => (
            <p key={unit} class="staff-problem">
              {t("sharing.ended", { unit })}
            </p>
          ))}
          {board.loaded.value && rows.length === 0 && <p>{t("sharing.none")}</p>}
        </div>
        <ul class="sharing-rows">
          {rows.map((row) => (
            <Row
              key={row.contact_id}
              row={row}
              unit={board.unitNames.value.get(row.unit_id) ?? row.unit_id}
              share={() => setSharing(row.contact_id)}
            />
          ))}
        </ul>
      </div>
      {sharing && <ShareDialog contact_id={sharing} doors={doors} close={() => setSharing(null)} />}
    </DeskFrame>
  );
}

const inOrder = (one: BoardRow, other: BoardRow) => (one.order < other.order ? -1 : 1);

interface RowProps {
  row: BoardRow;
  unit: string;
  share(): void;
}

function Row({ row, unit, share }: RowProps) {
  const who = personWords(row);
  return (
    <li class="desk-card sharing-row" data-contact={row.contact_id}>
      <div>
        <p class="sharing-who">
          <Urgency level={row.urgency} /> <strong>{who}</strong> {row.protected && <Protected />}
        </p>
        <p class="staff-small">
          {[unit, t("sharing.came", { at: clock(row.arrived_at) }), row.holder?.name].filter(Boolean).join(" · ")}
        </p>
      </div>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-label={t("sharing.share_of", { who, at: clock(row.arrived_at) })}
        onClick={share}
      >
        {t("sharing.share")}
      </button>
    </li>
  );
}
