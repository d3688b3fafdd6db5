/** How one patient stands, in a line. Pure. */
import { t } from "../base/words";
import type { FollowUpRow } from "../wire";
import "./words";

/** The zone in a word; why there is none. */
export const zoneWords = ({ zone, planned }: FollowUpRow): string =>
  zone ? t(`followup.zone_${zone}`) : t(planned ? "followup.nothing_yet" : "followup.no_zone");

export const stateWords = (row: FollowUpRow): string =>
  [
    row.urgency && t(`base.urgency_${row.urgency}`),
    row.contact_id && row.urgency && t("followup.told"),
    row.missing.length > 0 &&
      t("followup.missing_short", { what: row.missing.map((one) => t(`followup.${one}`).toLowerCase()).join(", ") }),
    row.unread && t("followup.unread"),
    row.paused && t("followup.is_paused"),
    row.waits_for_signature && t("followup.waits"),
    row.review_on && t("followup.review_by", { day: row.review_on }),
  ]
    .filter(Boolean)
    .join(" · ");
