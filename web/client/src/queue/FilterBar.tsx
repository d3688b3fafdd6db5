/** Searching the queue: words, and a level. How much is hidden is always said. */
import { useComputed } from "@preact/signals";
import { LEVELS } from "../base/urgency";
import { t } from "../base/words";
import type { Workplace } from "../staff/workplace";
import { isSought, NOTHING_SOUGHT } from "./filter";
import "../letter/words";
import "../note/words";
import "./words";
import "./queue_filter.css";

export const FIELD = "queue-search";

export function FilterBar({ workplace }: { workplace: Workplace }) {
  const filter = workplace.filter.value;
  const all = workplace.board.shown.value.length;
  const clear = () => {
    workplace.filter.value = NOTHING_SOUGHT;
  };
  return (
    <search class="queue-filter">
      <input
        id={FIELD}
        type="search"
        class="ds-input"
        aria-label={t("queue.search")}
        placeholder={`${t("queue.search")} (S)`}
        value={filter.text}
        onInput={(event) => {
          workplace.filter.value = { ...filter, text: event.currentTarget.value };
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" && event.key !== "Enter") return;
          if (event.key === "Escape") clear();
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
      <select
        class="ds-input"
        aria-label={t("queue.level_at_least")}
        value={filter.level ?? ""}
        onChange={(event) => {
          const level = LEVELS.find((one) => one === event.currentTarget.value) ?? null;
          workplace.filter.value = { ...filter, level };
        }}
      >
        <option value="">{t("queue.every_level")}</option>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {t("queue.at_least", { level: t(`base.urgency_${level}`) })}
          </option>
        ))}
      </select>
      <BoardChoice workplace={workplace} />
      <LetterChoice workplace={workplace} />
      {isSought(filter) && (
        <p role="status">
          {t("queue.shown", { n: workplace.visible.value.length, of: all })}{" "}
          <button type="button" class="text-button" onClick={clear}>
            {t("queue.show_all")}
          </button>
        </p>
      )}
    </search>
  );
}

/** Letters and chats apart, where there are letters. */
function LetterChoice({ workplace }: { workplace: Workplace }) {
  const { filter, board } = workplace;
  const any = useComputed(() => [...board.rows.value.values()].some((row) => row.letter)).value;
  if (!any && filter.value.letters === null) return null;
  return (
    <select
      class="ds-input"
      aria-label={t("letter.which")}
      value={filter.value.letters ?? ""}
      onChange={(event) => {
        const letters = (["only", "none"] as const).find((one) => one === event.currentTarget.value) ?? null;
        filter.value = { ...filter.value, letters };
      }}
    >
      <option value="">{t("letter.both")}</option>
      <option value="only">{t("letter.only")}</option>
      <option value="none">{t("letter.none")}</option>
    </select>
  );
}

/** Which board is shown, for who has several. */
function BoardChoice({ workplace }: { workplace: Workplace }) {
  const { filter, board } = workplace;
  const names = [...board.unitNames.value];
  if (names.length < 2) return null;
  return (
    <select
      class="ds-input"
      aria-label={`${t("note.board")} (X)`}
      value={filter.value.unit_id ?? ""}
      onChange={(event) => {
        filter.value = { ...filter.value, unit_id: event.currentTarget.value || null };
      }}
    >
      <option value="">{t("note.every_board")}</option>
      {names.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
