/** Where one is signed in, and how to end it there. */
import { t } from "../base/words";
import { Sessions } from "../signin/Sessions";
import { Dialog } from "./Dialog";

export function SessionsDialog({ close }: { close(): void }) {
  return (
    <Dialog title={t("signin.sessions")} close={close}>
      <Sessions />
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("signin.close")}
        </button>
      </div>
    </Dialog>
  );
}
