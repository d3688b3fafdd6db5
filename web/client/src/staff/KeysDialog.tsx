/** The key card, and the switch that turns the letter keys off (WCAG 2.1.4). */
import { t } from "../base/words";
import { Dialog } from "./Dialog";
import "./key_card.css";
import { KEYS, keepLetterKeys, letterKeys } from "./keys";

export function KeysDialog({ close }: { close(): void }) {
  return (
    <Dialog title={t("staff.keys")} close={close}>
      <table class="staff-keys">
        <tbody>
          {Object.entries(KEYS).map(([key, action]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key.toUpperCase()}</kbd>
              </th>
              <td>{t(`staff.key_${action}`)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <kbd>Enter</kbd>
            </th>
            <td>{t("staff.key_enter")}</td>
          </tr>
          <tr>
            <th scope="row">
              <kbd>Esc</kbd>
            </th>
            <td>{t("staff.key_escape")}</td>
          </tr>
          <tr>
            <th scope="row">
              <kbd>Tab</kbd>
            </th>
            <td>{t("staff.key_tab")}</td>
          </tr>
          <tr>
            <th scope="row">
              <kbd>Ctrl+Enter</kbd>
            </th>
            <td>{t("staff.key_submit")}</td>
          </tr>
        </tbody>
      </table>
      <label class="staff-check">
        <input
          type="checkbox"
          checked={letterKeys.value}
          onChange={(event) => keepLetterKeys(event.currentTarget.checked)}
        />
        {t("staff.letter_keys")}
      </label>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => print()}>
          {t("staff.print")}
        </button>
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </Dialog>
  );
}
