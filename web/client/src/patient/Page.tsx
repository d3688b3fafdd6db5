/** The parts every screen is made of: heading, one main button in thumb reach, and the truth about what nobody has seen. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shell } from "../base/shell";
import { hasWords, t } from "../base/words";
import { CallLink } from "./Frame";
import "./page.css";

const STEPS = 5;

interface PageProps {
  name: string;
  title: string;
  lead?: string;
  /** Which of the opening's five steps this is. */
  step?: 1 | 2 | 3 | 4 | 5;
  children?: ComponentChildren;
  /** The main button, in thumb reach. */
  action?: ComponentChildren;
  onBack?: () => void;
}

/** One screen: its heading takes the focus, so that a reader hears where one has come. */
export function Page({ name, title, lead, step, children, action, onBack }: PageProps) {
  const heading = useFocusedHeading(name + title);
  return (
    <main id="main" class="page" data-screen={name}>
      <div class="page-body">
        {onBack && (
          <button type="button" class="text-button back" onClick={onBack}>
            <span aria-hidden="true">←</span> {t("patient.back")}
          </button>
        )}
        {step && <p class="progress">{t("patient.step", { n: step, total: STEPS })}</p>}
        <h1 class="ds-heading" data-size="md" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </div>
      {action && <div class="page-action">{action}</div>}
    </main>
  );
}

let firstScreen = true;

/** Moves the focus to the heading when the screen changes, but not when the page opens. */
export function useFocusedHeading(screen: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstScreen) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    firstScreen = false;
  }, [screen]);
  return heading;
}

/** "Nobody has seen this yet", with the number to call. */
export function NotSeen({ text = t("patient.nobody_has_seen") }: { text?: string }) {
  return (
    <p class="not-seen">
      <span>{text}</span>{" "}
      <CallLink kind="emergency">{t("patient.if_worse_call", { number: shell.numbers.emergency })}</CallLink>
    </p>
  );
}

/** The one main button of a screen. `form`: it sends the form of that id; `busy`: it has been pressed and works. */
export function MainButton(props: { children: string; onClick?: () => void; form?: string; busy?: boolean }) {
  const { children, onClick, form, busy = false } = props;
  return (
    <button
      type={form ? "submit" : "button"}
      form={form}
      class="ds-button"
      data-fullwidth=""
      aria-busy={busy}
      disabled={busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

/** What is wrong, said at once to who listens. */
export function Wrong({ children, id }: { children: string; id?: string }) {
  return (
    <p role="alert" class="refused" id={id}>
      {children}
    </p>
  );
}

/** The sentence for a refusal's code. */
export function refusalWords(code: string): string {
  const key = `base.error_${code}`;
  return hasWords(key) ? t(key) : t("base.error_other");
}

const LONGEST_LINE = 200;

interface FieldProps {
  id: string;
  label: string;
  hint: string;
  value: { value: string };
  wrong: string | false;
  autocomplete: string;
  keyboard?: "tel" | "text";
  limit?: number;
}

/** One line to fill in, with its hint above and what is wrong beneath. */
export function Field({ keyboard = "text", limit = LONGEST_LINE, ...rest }: FieldProps) {
  const { id, label, hint, value, wrong, autocomplete } = rest;
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        class="ds-input"
        id={id}
        type="text"
        inputMode={keyboard}
        autocomplete={autocomplete}
        maxLength={limit}
        value={value.value}
        aria-invalid={wrong !== false}
        aria-describedby={wrong ? `${id}-hint ${id}-wrong` : `${id}-hint`}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
      />
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}
