/** What is around every screen: the numbers to call, the language, the demo banner, the truth about the line. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { onTheirWay } from "../attachment/uploads";
import { shell } from "../base/shell";
import { chooseLanguage, LANGUAGES, type Language, lang, t } from "../base/words";
import { Sessions } from "../signin/Sessions";
import { ProveMore, SignInTrouble } from "../signin/SignInWays";
import { Beacon, Phone } from "./icons";
import { hasTimes, isFollowed, useOffered } from "./offered";
import { lay, over } from "./over";
import { me, outbox, signOut, signOutFailed } from "./session";
import { newBuild, takeNewBuild } from "./version";
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
      <SignInTrouble people="patient" />
      <ProveMore />
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
  useOffered();
  return (
    <footer class="foot">
      <span>{t("patient.not_device")}</span>
      {newBuild.value && (
        <span role="status">
          {t("patient.new_version")}{" "}
          <TextButton press={() => void takeNewBuild()}>{t("patient.new_version_use")}</TextButton>
        </span>
      )}
      {signed && over.value === null && <TextButton press={() => lay("sight")}>{t("patient.who_may_see")}</TextButton>}
      {signed && over.value === null && hasTimes() && (
        <TextButton press={() => lay("booking")}>{t("patient.times_own")}</TextButton>
      )}
      {signed && over.value === null && isFollowed() && (
        <TextButton press={() => lay("followup")}>{t("patient.home_own")}</TextButton>
      )}
      {signed && <SignOut name={signed.name} />}
      {signed && <OwnSessions />}
    </footer>
  );
}

/** Where one is signed in, opened by a press. */
function OwnSessions() {
  const open = useSignal(false);
  const press = () => {
    open.value = !open.value;
  };
  return (
    <div class="foot-sessions">
      <button type="button" class="text-button" aria-expanded={open.value} onClick={press}>
        {t("signin.sessions")}
      </button>
      {open.value && <Sessions />}
    </div>
  );
}

/** Signing out empties this device; what is not sent yet would be lost, so it asks once. */
function SignOut({ name }: { name: string }) {
  const asks = useSignal(false);
  const n = outbox.unsent.value.filter((item) => item.refused === null).length + onTheirWay.value.length;
  if (asks.value && n > 0) {
    return (
      <span role="alert">
        {t("patient.sign_out_waiting", { n })}{" "}
        <TextButton press={() => void signOut()}>{t("patient.sign_out_anyway")}</TextButton>{" "}
        <TextButton
          press={() => {
            asks.value = false;
          }}
        >
          {t("patient.sign_out_not")}
        </TextButton>
      </span>
    );
  }
  const press = () => {
    asks.value = n > 0;
    if (n === 0) void signOut();
  };
  return (
    <span>
      {t("patient.signed_in_as", { name })} <TextButton press={press}>{t("patient.sign_out")}</TextButton>
      {signOutFailed.value && <span role="alert"> {t("patient.sign_out_failed")}</span>}
    </span>
  );
}

function TextButton({ press, children }: { press: () => void; children: string }) {
  return (
    <button type="button" class="text-button" onClick={press}>
      {children}
    </button>
  );
}
