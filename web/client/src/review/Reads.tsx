/** Everything that must be read in a sentence: words of it, as which concept, in which state. */
import { t } from "../base/words";
import type { ConceptName, ExpectedReading } from "../wire";
import { ConceptField, StateField, stateChoices } from "./ConceptField";

export interface ReadsProps {
  concepts: readonly ConceptName[];
  /** None: only the level counts. */
  reads: readonly ExpectedReading[] | null;
  change(reads: ExpectedReading[] | null): void;
}

export function Reads({ concepts, reads, change }: ReadsProps) {
  const all = reads ?? [];
  const set = (at: number, some: Partial<ExpectedReading>) =>
    change(all.map((one, index) => (index === at ? { ...one, ...some } : one)));
  return (
    <fieldset class="review-reads">
      <legend>{t("review.reads")}</legend>
      <label class="staff-check">
        <input
          type="checkbox"
          checked={reads !== null}
          onChange={({ currentTarget }) => change(currentTarget.checked ? [] : null)}
        />
        {t("review.reads_check")}
      </label>
      {reads?.length === 0 && <p>{t("review.reads_nothing")}</p>}
      {all.map((one, index) => (
        <div key={index} class="review-read">
          <label class="staff-field">
            {t("review.words")}
            <input
              class="ds-input"
              required
              value={one.words}
              onInput={({ currentTarget }) => set(index, { words: currentTarget.value })}
            />
          </label>
          <ConceptField concepts={concepts} value={one.concept} change={(concept) => set(index, { concept })} />
          <StateField
            label={t("review.state")}
            value={one.state}
            states={stateChoices()}
            change={(state) => set(index, { state })}
          />
          <button
            type="button"
            class="text-button"
            aria-label={t("review.take_away_of", { what: one.words })}
            onClick={() => change(all.filter((_, at) => at !== index))}
          >
            {t("review.take_away")}
          </button>
        </div>
      ))}
      {reads && (
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          onClick={() => change([...all, { words: "", concept: "", state: "has" }])}
        >
          {t("review.add")}
        </button>
      )}
    </fieldset>
  );
}
