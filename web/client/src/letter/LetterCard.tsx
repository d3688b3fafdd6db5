/** A letter above its conversation: what it is about, by when it is answered, and what to do if it gets worse. */
import { t } from "../base/words";
import { startOver } from "../patient/session";
import type { ContactSummary, LetterNow } from "../wire";
import { answerBy } from "./own";
import "./letter.css";

export function LetterCard({ summary, letter }: { summary: ContactSummary; letter: LetterNow }) {
  const by = answerBy(letter);
  const sooner = summary.status === "waiting" && !by && summary.turn === "staff" && !letter.turned;
  const quiet = by !== null || summary.turn === "patient";
  return (
    <section class="letter-card" data-turned={letter.turned} aria-label={t("letter.about", { title: letter.title })}>
      <h2>{t("letter.about", { title: letter.title })}</h2>
      {letter.turned && <p>{t("letter.goes_on")}</p>}
      {by && <p class="letter-by">{by}</p>}
      {by && summary.status === "waiting" && <p>{t("letter.answer_more", { unit: summary.unit })}</p>}
      {by && <p>{t("letter.worse")}</p>}
      {sooner && !summary.wait?.nobody && summary.assessed && <p role="status">{t("letter.sooner")}</p>}
      {quiet && !letter.turned && (
        <button type="button" class="ds-button" data-variant="secondary" onClick={startOver}>
          {t("letter.to_start")}
        </button>
      )}
    </section>
  );
}
