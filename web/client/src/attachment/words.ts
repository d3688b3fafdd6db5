/** The words about attachments, the same for patients and staff. */
import { hasWords, register, t } from "../base/words";
import en from "../words/attachment.en.json";
import nb from "../words/attachment.nb.json";
import sv from "../words/attachment.sv.json";

declare module "../base/words" {
  interface Catalogues {
    attachment: typeof sv;
  }
}

register("attachment", { sv, nb, en });

/** The sentence for a refusal's code. */
export function refusedWords(code: string): string {
  for (const key of [`attachment.error_${code}`, `base.error_${code}`]) {
    if (hasWords(key)) return t(key);
  }
  return t("base.error_other");
}

/** Why a file was refused after it had come. */
export function whyWords(why: string): string {
  const key = `attachment.why_${why}`;
  return hasWords(key) ? t(key) : t("attachment.why_damaged");
}
