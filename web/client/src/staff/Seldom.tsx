/** What is done more seldom, behind one button. Each of these has a key of its own, which needs no menu. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../base/words";
import "./seldom.css";

/** The browser's own popover: it closes by Escape, by a press elsewhere, and when one of its dialogs opens. */
export function Seldom({ children }: { children: ComponentChildren }) {
  const id = useId();
  return (
    <>
      <button type="button" class="ds-button" data-variant="secondary" popovertarget={id}>
        {t("staff.more")}
      </button>
      <div id={id} popover="auto" class="staff-seldom">
        {children}
      </div>
    </>
  );
}
