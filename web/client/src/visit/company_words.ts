/** Who is in the room with somebody, in words. */
import { locale, t } from "../base/words";
import type { Company } from "./door";
import "./room_words";

export const companyWords = (company: readonly Company[]): string =>
  new Intl.ListFormat(locale(), { type: "conjunction" }).format(company.map((one) => t(`room.company_${one}`)));
