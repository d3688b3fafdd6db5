/** The words of the test before a visit, in three languages. */
import { register } from "../base/words";
import en from "../words/pretest.en.json";
import nb from "../words/pretest.nb.json";
import sv from "../words/pretest.sv.json";

declare module "../base/words" {
  interface Catalogues {
    pretest: typeof sv;
  }
}

register("pretest", { sv, nb, en });
