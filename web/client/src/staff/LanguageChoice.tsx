/** The language of the screen. */
import { chooseLanguage, LANGUAGES, lang, t } from "../base/words";
import en from "../words/base.en.json";
import nb from "../words/base.nb.json";
import sv from "../words/base.sv.json";

const NAMES = { sv: sv.language, nb: nb.language, en: en.language };

export function LanguageChoice() {
  return (
    <label class="staff-language">
      <span class="staff-hidden">{t("staff.language")}</span>
      <select
        value={lang.value}
        onChange={(event) => {
          const chosen = LANGUAGES.find((one) => one === event.currentTarget.value);
          if (chosen) chooseLanguage(chosen);
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
