/** The words of what is measured at home, in three languages. */
import { register } from "../base/words";
import en from "../words/followup.en.json";
import nb from "../words/followup.nb.json";
import sv from "../words/followup.sv.json";

declare module "../base/words" {
  interface Catalogues {
    followup: typeof sv;
  }
}

register("followup", { sv, nb, en });
