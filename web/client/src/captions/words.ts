/** The words of captions, in three languages. */
import { register } from "../base/words";
import en from "../words/captions.en.json";
import nb from "../words/captions.nb.json";
import sv from "../words/captions.sv.json";

declare module "../base/words" {
  interface Catalogues {
    captions: typeof sv;
  }
}

register("captions", { sv, nb, en });
