/** One quiet line that tells the truth about the connection; it waits a moment, so that a blink says nothing. */
import { t } from "../base/words";
import { line } from "./session";

export function LineState() {
  const state = line().line.value;
  return (
    <div role="status" class="line-state">
      {state !== "up" && <p class="appear-late">{t(`patient.line_${state}`)}</p>}
    </div>
  );
}
