/** A desk where nobody is cared for: the same top line as the workplace, without its queue, keys and sound. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { ProveMore } from "../signin/SignInWays";
import { LanguageChoice } from "../staff/LanguageChoice";
import { Lighthouse } from "../staff/Lighthouse";
import { SessionsDialog } from "../staff/SessionsDialog";
import type { Me } from "../wire";
import { DeskSwitch } from "./DeskSwitch";
import "./desk.css";

export interface DeskProps {
  me: Me;
  connection: Connection;
  signOut(): void;
}

export interface FrameProps extends DeskProps {
  children: ComponentChildren;
}

export function DeskFrame({ me, connection, signOut, children }: FrameProps) {
  const [sessions, setSessions] = useState(false);
  return (
    <div class="staff" data-size="sm">
      <header class="staff-top">
        <Lighthouse />
        {shell.demo && <span class="staff-demo">{t("staff.demo")}</span>}
        <DeskSwitch me={me} />
        <LineWords connection={connection} />
        <span class="staff-top-space" />
        <LanguageChoice />
        <button type="button" class="staff-quiet staff-me" onClick={() => setSessions(true)}>
          {me.name}
        </button>
        <button type="button" class="staff-quiet" onClick={signOut}>
          {t("staff.sign_out")}
        </button>
      </header>
      <ProveMore />
      <main class="desk-main">{children}</main>
      {sessions && <SessionsDialog close={() => setSessions(false)} />}
    </div>
  );
}

/** Nothing to say while there is a line; a session that is over leaves nothing on the screen. */
function LineWords({ connection }: { connection: Connection }) {
  const refused = connection.refused.value;
  useEffect(() => {
    if (refused === "not_signed_in") location.reload();
  }, [refused]);
  const down = connection.line.value === "down";
  return (
    <span role="status" class="staff-line" data-trouble={down}>
      {down && t("staff.line_down")}
    </span>
  );
}
