/** The words of the visit, in three languages. */
import { register } from "../base/words";
import en from "../words/visit.en.json";
import nb from "../words/visit.nb.json";
import sv from "../words/visit.sv.json";

declare module "../base/words" {
  interface Catalogues {
    visit: typeof sv;
  }
}

register("visit", { sv, nb, en });
