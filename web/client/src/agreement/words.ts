/** The words of agreements on digital services, in three languages. */
import { register } from "../base/words";
import en from "../words/agreement.en.json";
import nb from "../words/agreement.nb.json";
import sv from "../words/agreement.sv.json";

declare module "../base/words" {
  interface Catalogues {
    agreement: typeof sv;
  }
}

register("agreement", { sv, nb, en });
