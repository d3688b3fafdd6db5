/** The words of what patients are promised of their wait, in three languages. */
import { register } from "../base/words";
import en from "../words/promise.en.json";
import nb from "../words/promise.nb.json";
import sv from "../words/promise.sv.json";

declare module "../base/words" {
  interface Catalogues {
    promise: typeof sv;
  }
}

register("promise", { sv, nb, en });
