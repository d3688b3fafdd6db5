/** What the patient wrote, with the words that were marked, what the nurse says of it, and the rules that fired. */
import { t } from "../base/words";
import type { PatientText, ShownReview } from "../wire";
import { wordsAt } from "./places";

export function Original({ shown }: { shown: ShownReview }) {
  return (
    <section class="review-original">
      <h3>{t("review.original")}</h3>
      {shown.texts.map((text) => (
        <Text key={text.no} text={text} />
      ))}
      {shown.comment && (
        <p>
          <strong>{t("review.nurse_says")}</strong> {shown.comment}
        </p>
      )}
      <ul class="review-reasons">
        {shown.reasons.map(({ rule, text, words }) => (
          <li key={rule}>
            <code>{rule}</code> {text} {words.map((one) => `“${one}”`).join(" ")}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Text({ text: { text, start, end } }: { text: PatientText }) {
  return (
    <blockquote class="staff-text" dir="auto">
      {wordsAt(text, { start: 0, end: start })}
      {end > start && <mark>{wordsAt(text, { start, end })}</mark>}
      {wordsAt(text, { start: end, end: text.length })}
    </blockquote>
  );
}
