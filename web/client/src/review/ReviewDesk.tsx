/** The desk of who reviews readings: what nurses marked or judged otherwise, to be rewritten into tests. */
import { useEffect, useState } from "preact/hooks";
import { lang, t } from "../base/words";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { REVIEWERS } from "../desk/desks";
import { PageChoice } from "../desk/PageChoice";
import { refusalWords } from "../staff/refusal_words";
import type { ReviewList } from "../wire";
import { ReviewItem } from "./ReviewItem";
import "./words";
import "./review.css";

export function ReviewDesk(props: DeskProps) {
  const { me, connection } = props;
  const units = me.roles.filter(({ role }) => REVIEWERS.includes(role));
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const [done, setDone] = useState(false);
  const list = useAsking<ReviewList>();
  const language = lang.value;
  const load = () => list.ask(connection.call("review:list", { unit_id, lang: language, done }));
  useEffect(() => connection.onUp(() => void load()), [connection, unit_id, done, language]);
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">{t("review.title")}</h1>
        <p>{t("review.lead")}</p>
        <nav class="review-choices" aria-label={t("review.title")}>
          {units.map(({ unit_id: one, unit }) => (
            <PageChoice key={one} words={unit} chosen={one === unit_id} choose={() => setUnit(one)} />
          ))}
          <PageChoice words={t("review.open")} chosen={!done} choose={() => setDone(false)} />
          <PageChoice words={t("review.done")} chosen={done} choose={() => setDone(true)} />
        </nav>
        {list.refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(list.refusal.code)}
          </p>
        )}
        <p role="status">{list.answer?.items.length === 0 ? t("review.none") : ""}</p>
        {list.answer?.items.map((item) => (
          <ReviewItem key={`${item.contact_id} ${item.no}`} item={item} connection={connection} changed={load} />
        ))}
      </div>
    </DeskFrame>
  );
}
