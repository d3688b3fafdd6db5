/** The words of who leads a unit, in three languages. */
import { register } from "../base/words";
import en from "../words/lead.en.json";
import nb from "../words/lead.nb.json";
import sv from "../words/lead.sv.json";

declare module "../base/words" {
  interface Catalogues {
    lead: typeof sv;
  }
}

register("lead", { sv, nb, en });
