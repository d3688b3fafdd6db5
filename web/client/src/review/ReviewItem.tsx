/** One thing to review: what staff said of a reading, and on request the words it was about with the form beside. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { Urgency } from "../base/urgency";
import { lang, t } from "../base/words";
import { useAsking } from "../desk/asking";
import { openAtCare } from "../desk/desks";
import { momentWords } from "../desk/moments";
import { refusalWords } from "../staff/refusal_words";
import { roleWords } from "../staff/roles";
import type { ReviewListed, ShownReview } from "../wire";
import { readWords } from "./MisreadDialog";
import { Original } from "./Original";
import { RewriteForm } from "./RewriteForm";

export interface ReviewItemProps {
  item: ReviewListed;
  connection: Connection;
  changed(): unknown;
}

export function ReviewItem({ item, connection, changed }: ReviewItemProps) {
  const { contact_id, no } = item;
  const shown = useAsking<ShownReview>();
  const [open, setOpen] = useState(false);
  const show = async () => {
    setOpen(!open);
    if (!open) await shown.ask(connection.call("review:show", { contact_id, no, lang: lang.value }));
  };
  return (
    <section class="desk-card" aria-label={`${t(`review.what_${item.what}`)} ${momentWords(item.at)}`}>
      <h2>{t(`review.what_${item.what}`)}</h2>
      <Difference item={item} />
      <Circumstances item={item} />
      <div class="desk-form-foot">
        <button type="button" class="ds-button" aria-expanded={open} onClick={() => void show()}>
          {t(item.status === "open" ? "review.show" : "review.show_again")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => openAtCare(contact_id)}>
          {t("review.to_contact")}
        </button>
        <span class="staff-small">{t("review.recorded")}</span>
      </div>
      {shown.refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(shown.refusal.code)}
        </p>
      )}
      {open && shown.answer && (
        <div class="review-beside">
          <Original shown={shown.answer} />
          <RewriteForm shown={shown.answer} connection={connection} changed={changed} />
        </div>
      )}
    </section>
  );
}

/** What it was, and what staff say it should have been. */
function Difference({ item }: { item: ReviewListed }) {
  if (item.after)
    return (
      <p class="review-difference">
        <Urgency level={item.before} /> <span>{t("review.became")}</span> <Urgency level={item.after} />
      </p>
    );
  return (
    <p class="review-difference">
      <span>{readWords(item.read_as)}</span> <span>{t("review.became")}</span>{" "}
      <strong>{item.meant ? readWords([item.meant]) : t("review.nothing")}</strong>
    </p>
  );
}

function Circumstances({ item }: { item: ReviewListed }) {
  const { by, rules, reviewer, reviewed_at } = item;
  const who = [by.name, roleWords(by.role)].filter(Boolean).join(", ");
  return (
    <dl class="desk-facts">
      <dt>{t("review.by")}</dt>
      <dd>{t("review.by_at", { who, at: momentWords(item.at) })}</dd>
      <dt>{t("review.rules")}</dt>
      <dd>{rules.length > 0 ? rules.map((rule) => <code key={rule}>{rule} </code>) : t("review.no_rule")}</dd>
      <dt>{t("review.version")}</dt>
      <dd>
        <code>{item.content_version}</code>
      </dd>
      {item.status !== "open" && (
        <>
          <dt>{t(`review.status_${item.status}`)}</dt>
          <dd>{t("review.by_at", { who: reviewer, at: momentWords(reviewed_at) })}</dd>
        </>
      )}
    </dl>
  );
}
