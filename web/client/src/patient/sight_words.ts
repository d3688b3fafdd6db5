/** The words of the page that says who may see one's contacts, in three languages. */
import { register } from "../base/words";
import en from "../words/sight.en.json";
import nb from "../words/sight.nb.json";
import sv from "../words/sight.sv.json";

declare module "../base/words" {
  interface Catalogues {
    sight: typeof sv;
  }
}

register("sight", { sv, nb, en });
