/** The words of letters, in three languages. */
import { register } from "../base/words";
import en from "../words/letter.en.json";
import nb from "../words/letter.nb.json";
import sv from "../words/letter.sv.json";

declare module "../base/words" {
  interface Catalogues {
    letter: typeof sv;
  }
}

register("letter", { sv, nb, en });
