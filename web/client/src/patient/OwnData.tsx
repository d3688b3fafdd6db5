/** Everything about oneself, to take along (GDPR articles 15 and 20). */
import { save } from "../base/save";
import { lang, t } from "../base/words";
import { AskButton } from "./AskButton";
import { me } from "./session";

export function OwnData() {
  if (!me.value) return null;
  return (
    <details class="ds-details earlier" data-own-data="">
      <summary>{t("patient.own_data_title")}</summary>
      <p>{t("patient.own_data_text")}</p>
      <div class="save-transcript">
        <AskButton
          ask={() => save(`/api/export.zip?lang=${lang.value}`)}
          label={t("patient.own_data_save")}
          busyLabel={t("patient.own_data_making")}
        />
      </div>
    </details>
  );
}
