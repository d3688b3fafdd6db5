/** The queue: what waits, what is mine, what others hold. It lives by events and never jumps under the cursor. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../base/words";
import { OnDuty } from "../duty/OnDuty";
import { OfferedToMe } from "../handover/OfferedToMe";
import { FilterBar } from "../queue/FilterBar";
import { inParts, partOf } from "../queue/parts";
import { BehindDoors } from "./BehindDoors";
import { CallList } from "./CallList";
import { QueueRow } from "./QueueRow";
import { SECTIONS, type Section } from "./shown";
import type { Workplace } from "./workplace";

/** About as high as a row is: what is out of sight takes so much room until it was seen. */
const ROW_REM = 3.25;

export function Queue({ workplace }: { workplace: Workplace }) {
  const { board, connection } = workplace;
  return (
    <section class="staff-queue" aria-labelledby="queue-title">
      <header class="staff-pane-head">
        <div class="staff-queue-title">
          <h2 id="queue-title" class="ds-heading" data-size="2xs">
            {t("staff.pane_queue")}
          </h2>
          <p class="staff-small">{[...board.unitNames.value.values()].join(" · ")}</p>
        </div>
        <button
          type="button"
          class="ds-button"
          aria-busy={workplace.taking.value}
          onClick={() => void workplace.claimNext()}
        >
          {t(workplace.taking.value ? "note.taking" : "staff.claim_next")} <kbd>N</kbd>
        </button>
      </header>
      {connection.line.value !== "up" && <p class="staff-stale">{t("staff.board_stale")}</p>}
      {board.ended.value.map((unit) => (
        <p key={unit} class="staff-stale" role="status">
          {t("door.ended_board", { unit })}
        </p>
      ))}
      <OnDuty duties={workplace.duties} names={board.unitNames.value} />
      <FilterBar workplace={workplace} />
      <NewRows workplace={workplace} />
      <div class="staff-rows">
        <OfferedToMe workplace={workplace} />
        <CallList workplace={workplace} />
        {SECTIONS.map((section) => (
          <Rows key={section} workplace={workplace} section={section} />
        ))}
        <BehindDoors workplace={workplace} />
        {board.loaded.value && board.shown.value.length === 0 && <p class="staff-empty">{t("staff.queue_empty")}</p>}
      </div>
    </section>
  );
}

function NewRows({ workplace }: { workplace: Workplace }) {
  const { board } = workplace;
  const fresh = board.fresh.value;
  if (!board.unsettled.value) return null;
  return (
    <button type="button" class="staff-new" onClick={() => board.settle()}>
      {fresh > 0 ? t("staff.new_rows", { n: fresh }) : t("staff.order_changed")} <kbd>.</kbd>
    </button>
  );
}

function Rows({ workplace, section }: { workplace: Workplace; section: Section }) {
  const { board } = workplace;
  const ids = workplace.visible.value.filter((one) => one.section === section).map((one) => one.id);
  useEffect(() => {
    if (ids.length && workplace.cursor.value === null && section === "waiting") workplace.cursor.value = ids[0] ?? null;
  }, [ids, section, workplace]);
  const before = useRef<ReadonlyMap<string, string>>(new Map());
  const parts = inParts(ids, before.current);
  before.current = partOf(parts);
  if (ids.length === 0) return null;
  return (
    <div class="staff-section">
      <h3>
        {t(`staff.section_${section}`)} <span class="staff-count">{ids.length}</span>
      </h3>
      {/* One list to a screen reader, whose parts only the browser knows of. */}
      {/* biome-ignore lint/a11y/useSemanticElements: nothing but rows may stand in a ul. */}
      <div role="list" data-testid={`rows-${section}`}>
        {parts.map(({ key, ids }) => (
          <div
            key={key}
            role="none"
            class="staff-rows-part"
            style={{ containIntrinsicBlockSize: `auto ${ids.length * ROW_REM}rem` }}
          >
            {ids.map((id) => {
              const row = board.rows.value.get(id);
              return row && <QueueRow key={id} row={row} workplace={workplace} />;
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
