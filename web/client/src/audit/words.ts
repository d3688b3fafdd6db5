/** The words of the auditor's desk, in three languages. */
import { register } from "../base/words";
import en from "../words/audit.en.json";
import nb from "../words/audit.nb.json";
import sv from "../words/audit.sv.json";

declare module "../base/words" {
  interface Catalogues {
    audit: typeof sv;
  }
}

register("audit", { sv, nb, en });
