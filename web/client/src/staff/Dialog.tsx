/** A question put over the workplace: the browser's own modal dialog, which keeps the focus in and gives it back. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { refusalWords } from "./refusal_words";

/** What Ctrl+Enter presses. */
const MAIN_BUTTON = ".staff-dialog-foot .ds-button:not([data-variant])";
/** Longer than the service takes: from then on it is said that it is still waited for. */
const SLOW_MS = 2_000;

export interface DialogProps {
  title: string;
  close(): void;
  children: ComponentChildren;
}

export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      gone.current = true;
      shown?.close(); // a dialog that is only taken away gives no focus back
    };
  }, []);
  const closed = () => {
    if (!gone.current) close();
  };
  const doIt = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.defaultPrevented) return;
    event.preventDefault();
    dialog.current?.querySelector<HTMLButtonElement>(MAIN_BUTTON)?.click();
  };
  return (
    <dialog
      ref={dialog}
      class="ds-dialog staff-dialog"
      aria-labelledby="dialog-title"
      onCancel={close}
      onClose={closed}
      onKeyDown={doIt}
    >
      <h2 id="dialog-title" class="ds-heading" data-size="xs">
        {title}
      </h2>
      {children}
    </dialog>
  );
}

export interface AskProps extends DialogProps {
  /** The word of the button that does it. */
  does: string;
  ready: boolean;
  act(): Promise<Refusal | null>;
  /** What a refusal means in this dialog; null for the usual words. */
  words?(code: string): string | null;
}

/** A dialog with one act; it closes once the act is done, and says why when it is refused. */
export function AskDialog({ title, close, children, does, ready, act, words }: AskProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      const refused = await act();
      setRefusal(refused);
      if (!refused) close();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.ctrlKey) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        {children}
        {refusal && (
          <p role="alert" class="staff-problem">
            {words?.(refusal.code) ?? refusalWords(refusal.code)}
          </p>
        )}
        <Slow busy={busy} />
        <DialogFoot does={does} ready={ready} busy={busy} close={close} />
      </form>
    </Dialog>
  );
}

/** The service has not answered for a while: what was asked is kept, and asked again. */
function Slow({ busy }: { busy: boolean }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = busy ? setTimeout(() => setSlow(true), SLOW_MS) : undefined;
    setSlow(false);
    return () => clearTimeout(timer);
  }, [busy]);
  return (
    <p role="status" class={slow ? undefined : "staff-hidden"}>
      {slow && t("staff.not_sent_yet")}
    </p>
  );
}

export interface DialogFootProps {
  does: string;
  ready: boolean;
  busy?: boolean;
  /** The word of the other button, where it is not "cancel". */
  leaves?: string;
  close(): void;
}

/** The two buttons of a dialog's form: the one that does it, and the way out. */
export function DialogFoot({ does, ready, busy = false, leaves = t("staff.cancel"), close }: DialogFootProps) {
  return (
    <div class="staff-dialog-foot">
      <button type="submit" class="ds-button" disabled={!ready} aria-busy={busy}>
        {does}
      </button>
      <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
        {leaves}
      </button>
    </div>
  );
}

export interface UnitFieldProps {
  label: string;
  units: readonly { unit_id: string; unit: string }[];
  value: string;
  choose(unitId: string): void;
}

export function UnitField({ label, units, value, choose }: UnitFieldProps) {
  return (
    <label class="staff-field">
      {label}
      <select class="ds-input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {units.map((one) => (
          <option key={one.unit_id} value={one.unit_id}>
            {one.unit}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface TextFieldProps {
  label: string;
  value: string;
  rows?: number;
  limit?: number;
  required?: boolean;
  change(value: string): void;
}

export function TextField({ label, value, rows = 2, limit = 1_000, required = false, change }: TextFieldProps) {
  return (
    <label class="staff-field">
      {label}
      <textarea
        class="ds-input"
        rows={rows}
        maxLength={limit}
        required={required}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </label>
  );
}
