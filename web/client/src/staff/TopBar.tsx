/** The top line: where one is, how the line to the server is, what the workplace may do by sound and by key. */
import { useEffect } from "preact/hooks";
import { Light } from "../base/Light";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { DeskSwitch } from "../desk/DeskSwitch";
import { DutyChoice } from "../duty/DutyChoice";
import { LanguageChoice } from "./LanguageChoice";
import { Lighthouse } from "./Lighthouse";
import { refusalWords } from "./refusal_words";
import { keepSound, soundOn } from "./sound";
import type { Workplace } from "./workplace";

export interface TopBarProps {
  workplace: Workplace;
  signOut(): void;
}

export function TopBar({ workplace, signOut }: TopBarProps) {
  return (
    <header class="staff-top">
      <Lighthouse />
      {shell.demo && <span class="staff-demo">{t("staff.demo")}</span>}
      <DeskSwitch me={workplace.me} />
      <Light connection={workplace.connection} waiting={workplace.waiting} />
      <LineWords workplace={workplace} />
      <DutyChoice duties={workplace.duties} />
      <span class="staff-top-space" />
      <button
        type="button"
        class="staff-quiet"
        onClick={() => {
          workplace.dialog.value = "find";
        }}
      >
        {t("staff.find")} <kbd>F</kbd>
      </button>
      <button
        type="button"
        role="switch"
        aria-checked={soundOn.value}
        class="staff-quiet"
        onClick={() => keepSound(!soundOn.value)}
      >
        {t("staff.sound")} <span aria-hidden="true">{soundOn.value ? t("staff.on") : t("staff.off")}</span>
      </button>
      <button
        type="button"
        class="staff-quiet"
        onClick={() => {
          workplace.dialog.value = "keys";
        }}
      >
        {t("staff.keys")} <kbd>?</kbd>
      </button>
      <LanguageChoice />
      <button
        type="button"
        class="staff-quiet staff-me"
        onClick={() => {
          workplace.dialog.value = "sessions";
        }}
      >
        {workplace.me.name}
      </button>
      <button type="button" class="staff-quiet" onClick={signOut}>
        {t("staff.sign_out")}
      </button>
    </header>
  );
}

/** Nothing to say while all is well; else the truth about what is on the screen. */
function LineWords({ workplace }: { workplace: Workplace }) {
  const { connection, trouble } = workplace;
  const line = connection.line.value;
  const refused = connection.refused.value;
  useEffect(() => {
    if (refused === "not_signed_in") location.reload(); // the session is over: nothing of it stays on the screen
  }, [refused]);
  const words = line === "up" ? trouble.value && refusalWords(trouble.value) : t(`staff.line_${line}`);
  return (
    <span role="status" class="staff-line" data-trouble={words !== null && words !== ""}>
      {words}
    </span>
  );
}
