/** The words of what somebody measures and types, in three languages. */
import { register } from "../base/words";
import en from "../words/vitals.en.json";
import nb from "../words/vitals.nb.json";
import sv from "../words/vitals.sv.json";

declare module "../base/words" {
  interface Catalogues {
    vitals: typeof sv;
  }
}

register("vitals", { sv, nb, en });
