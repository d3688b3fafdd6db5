/** The words of handing over, in three languages. */
import { register } from "../base/words";
import en from "../words/handover.en.json";
import nb from "../words/handover.nb.json";
import sv from "../words/handover.sv.json";

declare module "../base/words" {
  interface Catalogues {
    handover: typeof sv;
  }
}

register("handover", { sv, nb, en });
