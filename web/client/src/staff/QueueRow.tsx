/** One contact in the queue: level, who, the words that decided, how long against the promise, whose turn. */
import { computed, useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { LEVELS, type Level, Urgency } from "../base/urgency";
import { t } from "../base/words";
import "../advice/words";
import "../duty/words";
import { offerWords, requestWords } from "../handover/Standing";
import { cardWords, type Leases } from "../lease/lease";
import "../letter/words";
import { earlierWords } from "../queue/earlier";
import type { BoardRow } from "../wire";
import { ChangedInRow } from "./Changed";
import { Protected } from "./Protected";
import { personWords } from "./person";
import { age, duration, minutesSince, type Progress, progressOf } from "./times";
import type { Workplace } from "./workplace";

export interface QueueRowProps {
  row: BoardRow;
  workplace: Workplace;
}

export function QueueRow({ row, workplace }: QueueRowProps) {
  const id = row.contact_id;
  // One's own: who moves the cursor draws two rows anew, and not all.
  const isOpen = useComputed(() => workplace.open.value?.id === id).value;
  const isAt = useComputed(() => workplace.cursor.value === id).value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it lies in a part of the list.
    <div role="listitem">
      <button
        type="button"
        id={`row-${id}`}
        class="staff-row"
        data-level={row.urgency}
        data-gone={row.status === "closed" || (row.holder !== null && row.holder.id !== workplace.staffId)}
        aria-current={isOpen ? "true" : undefined}
        tabIndex={isAt ? 0 : -1}
        onFocus={() => {
          workplace.cursor.value = id;
        }}
        onClick={() => workplace.openContact(id)}
      >
        <span class="staff-row-first">
          <Urgency level={row.urgency} />
          <span class="staff-row-who">{personWords(row)}</span>
          {row.protected && <Protected />}
          <Waited row={row} />
        </span>
        <span class="staff-row-second">
          <span class="staff-row-words">
            {row.title && <b class="staff-row-title">{row.title}</b>} {decidingWords(row)}
          </span>
          <LineLost leases={workplace.leases} contact_id={id} />
          <EarlierFlag workplace={workplace} contact_id={id} />
          <Flags row={row} me={workplace.staffId} asked={isAsked(row, workplace)} />
        </span>
        <ChangedInRow row={row} me={workplace.staffId} />
      </button>
    </div>
  );
}

function decidingWords(row: BoardRow): string {
  if (!row.assessed) return t("staff.unassessed");
  return row.words.length ? row.words.map((word) => `“${word}”`).join(" ") : row.reason || t("staff.no_rule");
}

/** How long against what was promised: in words, and as a thin bar. */
function Waited({ row }: { row: BoardRow }) {
  return row.status === "waiting" ? <Against row={row} /> : <Turn row={row} />;
}

/** Drawn anew only when its words, or a hundredth of its bar, have changed. */
function Against({ row: { arrived_at, target_at } }: { row: BoardRow }) {
  const [state, words, width] = useMemo(() => {
    const progress = computed(() => progressOf(arrived_at, target_at));
    return [
      computed(() => (progress.value.over ? "over" : progress.value.near ? "near" : "")),
      computed(() => waitedWords(progress.value)),
      computed(() => `${Math.round(progress.value.part * 100)}%`),
    ] as const;
  }, [arrived_at, target_at]);
  return (
    <span class="staff-waited" data-over={state.value === "over"} data-near={state.value === "near"}>
      {words.value}
      <span class="staff-thin" aria-hidden="true">
        <span style={{ width: width.value }} />
      </span>
    </span>
  );
}

function waitedWords({ waited, target, over, near }: Progress): string {
  if (over) return t("staff.over", { late: duration(waited - target) });
  return t(near ? "duty.near" : "staff.waited", { waited: duration(waited), target: duration(target) });
}

function Turn({ row }: { row: BoardRow }) {
  const since = useMemo(() => computed(() => age(minutesSince(row.turn_since))), [row.turn_since]);
  if (row.status === "closed") return <span class="staff-turn">{t("staff.closed")}</span>;
  return (
    <span class="staff-turn" data-turn={row.turn}>
      {t(`staff.turn_${row.turn}`)} {since.value}
    </span>
  );
}

/** True when a colleague's open question is to me, or to a role I have at the unit. */
function isAsked({ asks_staff, asks_roles, unit_id }: BoardRow, { staffId, me }: Workplace): boolean {
  const roles = me.roles.filter((held) => held.unit_id === unit_id).map((held) => held.role);
  return asks_staff.includes(staffId) || asks_roles.some((role) => roles.includes(role));
}

/** By itself, so that a second's passing draws this alone. */
function LineLost({ leases, contact_id }: { leases: Leases; contact_id: string }) {
  const words = cardWords(leases, contact_id);
  if (!words) return null;
  return (
    <span class="staff-flag" data-strong="true" data-testid="line-lost">
      {words}
    </span>
  );
}

/** By itself: it comes a moment after the card. */
function EarlierFlag({ workplace, contact_id }: { workplace: Workplace; contact_id: string }) {
  const mark = useComputed(() => workplace.earlier.marks.value.get(contact_id)).value;
  if (!mark) return null;
  return (
    <span class="staff-flag" data-testid="earlier">
      {earlierWords(mark)}
    </span>
  );
}

function Flags({ row, me, asked }: { row: BoardRow; me: string; asked: boolean }) {
  const flags = [
    row.letter && { key: "letter", words: t("letter.flag"), strong: false },
    row.visit === "lobby" && { key: "lobby", words: t("staff.flag_lobby"), strong: true },
    asked && { key: "asked", words: t("talk.flag"), strong: true },
    row.escalated && { key: "late", words: t(`duty.flag_${row.escalated}`), strong: true },
    row.offer && {
      key: "offer",
      words: offerWords(row.offer),
      strong: row.offer.to_staff === me || row.offer.stage === "lead",
    },
    ...row.requests.map((request) => ({
      key: `asks-${request.staff_id}`,
      words: requestWords(request),
      strong: row.holder?.id === me || request.passed_on,
    })),
    row.net !== "" && { key: "net", words: t(`advice.flag_${row.net}`), strong: row.net === "confirmed" },
    row.visit === "in" && { key: "visit", words: t("staff.flag_visit"), strong: false },
    row.says_no.length > 0 && { key: "no", words: t("staff.says_no", { what: row.says_no.join(", ") }), strong: true },
    isWorse(row.could_be, row.urgency) && { key: "could", words: couldBe(row.could_be), strong: false },
    row.holder !== null &&
      row.holder.id !== me && { key: "holder", words: row.holder.name || t("talk.unknown_colleague"), strong: false },
  ].filter((flag) => flag !== false && flag !== null);
  return (
    <span class="staff-flags">
      {flags.map(({ key, words, strong }) => (
        <span key={key} class="staff-flag" data-strong={strong}>
          {words}
        </span>
      ))}
    </span>
  );
}

export function isWorse(could_be: Level, urgency: Level): boolean {
  return LEVELS.indexOf(could_be) < LEVELS.indexOf(urgency);
}

export function couldBe(level: Level): string {
  return t("staff.could_be", { level: t(`base.urgency_${level}`).toLowerCase() });
}
