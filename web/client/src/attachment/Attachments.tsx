/** Around a conversation: files may be dropped, pasted, chosen or photographed, and are sent from a tray below it. */
import { useSignal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import { t } from "../base/words";
import type { EntryView } from "../wire";
import { Tray } from "./Tray";
import { type Under, uploadsOf } from "./uploads";
import "./attachment.css";

export interface Scope {
  contactId: string;
  entries: readonly EntryView[];
  /** False where nothing may be sent: the contact is closed, or another's. */
  sendable: boolean;
  under(): Under;
  /** What the sender should know before sending. */
  hint?: string;
}

const Current = createContext<Scope>({ contactId: "", entries: [], sendable: false, under: () => ({}) });

export const useScope = () => useContext(Current);

export function Attachments({ children, ...scope }: Scope & { children: ComponentChildren }) {
  const over = useSignal(false);
  const take = (files: FileList | undefined | null, event: Event) => {
    over.value = false;
    if (!scope.sendable || !files?.length) return;
    event.preventDefault();
    uploadsOf(scope.contactId).choose(files);
  };
  const holdsFiles = (event: DragEvent) => scope.sendable && event.dataTransfer?.types.includes("Files");
  return (
    <Current.Provider value={scope}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons in the tray do the same by keyboard */}
      <div
        class="attachments"
        data-over={over.value}
        onDragOver={(event) => {
          if (!holdsFiles(event)) return;
          event.preventDefault();
          over.value = true;
        }}
        onDragLeave={(event) => {
          const into = event.relatedTarget;
          if (!(into instanceof Node && event.currentTarget.contains(into))) over.value = false;
        }}
        onDrop={(event) => take(event.dataTransfer?.files, event)}
        onPaste={(event) => take(event.clipboardData?.files, event)}
      >
        {children}
        {over.value && <p class="attachment-drop">{t("attachment.drop_here")}</p>}
        {scope.sendable && <Tray scope={scope} />}
      </div>
    </Current.Provider>
  );
}
