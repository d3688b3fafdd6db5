/** What is around every screen: the numbers to call, the language, the demo banner, the truth about the line. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shell } from "../base/shell";
import { chooseLanguage, LANGUAGES, type Language, lang, t } from "../base/words";
import { Beacon, Phone } from "./icons";
import { me, signOut } from "./session";
import "./frame.css";
import "./choices.css";

const LANGUAGE_NAMES: Record<Language, string> = { sv: "Svenska", nb: "Norsk", en: "English" };

/** A link that calls; the number is the deployment's, never the language's. */
export function CallLink({
  kind,
  children,
  ...rest
}: {
  kind: "emergency" | "advice";
  children?: ComponentChildren;
  class?: string;
}) {
  const number = shell.numbers[kind];
  return (
    <a href={`tel:${number}`} data-call={kind} {...rest}>
      {children ?? number}
    </a>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="ds-skip-link" href="#main">
        {t("patient.skip")}
      </a>
      {shell.demo && (
        <aside class="demo-banner" aria-label="Demo">
          {t("patient.demo")}
        </aside>
      )}
      <header class="top">
        <span class="brand">
          <Beacon />
          Fyr
        </span>
        <nav class="calls" aria-label={t("patient.numbers")}>
          <CallLink kind="emergency" class="call call-emergency">
            <Phone />
            {t("patient.call", { number: shell.numbers.emergency })}
          </CallLink>
          <CallLink kind="advice" class="call">
            <span class="call-word">{t("patient.advice_word")} </span>
            {shell.numbers.advice}
          </CallLink>
        </nav>
        <LanguageChoice />
      </header>
      {children}
      <Foot />
    </>
  );
}

function LanguageChoice() {
  return (
    <label class="language">
      <span aria-hidden="true">{lang.value.toUpperCase()}</span>
      <select
        aria-label={t("patient.language")}
        value={lang.value}
        onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Foot() {
  const signed = me.value;
  return (
    <footer class="foot">
      <span>{t("patient.not_device")}</span>
      {signed && (
        <span>
          {t("patient.signed_in_as", { name: signed.name })}{" "}
          <button type="button" class="text-button" onClick={() => void signOut()}>
            {t("patient.sign_out")}
          </button>
        </span>
      )}
    </footer>
  );
}

interface PageProps {
  name: string;
  title: string;
  lead?: string;
  children?: ComponentChildren;
  /** The main button, in thumb reach. */
  action?: ComponentChildren;
  onBack?: () => void;
}

/** One screen: its heading takes the focus, so that a reader hears where one has come. */
export function Page({ name, title, lead, children, action, onBack }: PageProps) {
  const heading = useFocusedHeading(name + title);
  return (
    <main id="main" class="page" data-screen={name}>
      <div class="page-body">
        {onBack && (
          <button type="button" class="text-button back" onClick={onBack}>
            <span aria-hidden="true">←</span> {t("patient.back")}
          </button>
        )}
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
