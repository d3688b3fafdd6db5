/** What a service is called, and what it is in a plain sentence. */
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { FunctionName } from "./own";

export const serviceWords = (service: FunctionName) => t(`agreement.${service}`);

export function explained(service: FunctionName): string {
  if (service === "seek_care_chat") return t("agreement.seek_care_chat_more", { number: shell.numbers.emergency });
  return t(`agreement.${service}_more`);
}
