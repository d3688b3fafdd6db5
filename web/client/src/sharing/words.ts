/** The words of the desk of shared responsibility, in three languages. */
import { register } from "../base/words";
import en from "../words/sharing.en.json";
import nb from "../words/sharing.nb.json";
import sv from "../words/sharing.sv.json";

declare module "../base/words" {
  interface Catalogues {
    sharing: typeof sv;
  }
}

register("sharing", { sv, nb, en });
