/** Access to the contact has ended: nothing of it is on the screen any more, and help is a call away. */
import { t } from "../base/words";
import { MainButton, NotSeen, Page } from "./Page";
import { WorseLine } from "./Status";
import { startOver } from "./session";

export function Ended({ unsent }: { unsent: boolean }) {
  const again = <MainButton onClick={startOver}>{t("patient.start_over")}</MainButton>;
  return (
    <Page name="ended" title={t("patient.ended_title")} lead={t("patient.ended_text")} action={again}>
      {unsent && <NotSeen text={t("patient.ended_unsent")} />}
      <div class="if-worse">
        <h2>{t("patient.ended_help")}</h2>
        <WorseLine />
      </div>
    </Page>
  );
}
