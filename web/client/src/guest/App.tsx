/** Which screen a guest sees: the code and the name first, then the visit's lobby and the visit, then that it is over. */
import { shell } from "../base/shell";
import { chooseLanguage, LANGUAGES, type Language, lang, t } from "../base/words";
import { languageName } from "../visit/languages";
import { VisitView } from "../visit/VisitView";
import { OpenLink } from "./OpenLink";
import { Page } from "./Page";
import { guest, leave, line, screen, visit } from "./session";
import "./guest.css";

export function App() {
  if (screen.value === "visit") return <InVisit />;
  return (
    <>
      {shell.demo && (
        <aside class="guest-demo" aria-label="Demo">
          {t("guest.demo")}
        </aside>
      )}
      <header class="guest-top">
        <span class="guest-brand">Fyr</span>
        <LanguageChoice />
      </header>
      <Now />
    </>
  );
}

function Now() {
  if (screen.value === "link") return <OpenLink />;
  if (screen.value === "fetching") return <Told name="fetching" title={t("guest.fetching")} />;
  if (screen.value === "no_link")
    return <Told name="no_link" title={t("guest.no_link")} text={t("guest.no_link_why")} />;
  return <Told name="over" title={t("guest.over")} text={t("guest.over_why")} />;
}

/** Something said and nothing asked. */
function Told({ name, title, text }: { name: string; title: string; text?: string }) {
  return (
    <Page name={name} title={title}>
      {text && <p role="status">{text}</p>}
    </Page>
  );
}

function InVisit() {
  const as = guest.value;
  if (!as) return null;
  return (
    <main class="guest-visit">
      <h1 class="guest-as">
        {as.role === "interpreter"
          ? t("guest.you_interpret", { name: as.name, language: languageName(as.lang) })
          : t("guest.you_are", { name: as.name, role: t(`visit.role_${as.role}`) })}
      </h1>
      <VisitView
        connection={line()}
        contact_id={as.contact_id}
        visit={visit.value}
        role={as.role}
        onClose={() => void leave()}
      />
    </main>
  );
}

const LANGUAGE_NAMES: Record<Language, string> = { sv: "Svenska", nb: "Norsk", en: "English" };

function LanguageChoice() {
  return (
    <label class="guest-language">
      <span class="ds-sr-only">{t("guest.language")}</span>
      <select
        class="ds-input"
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
