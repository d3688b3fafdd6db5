/** The words of learning from nurses: marking what was read wrongly, and reviewing it, in three languages. */
import { register } from "../base/words";
import en from "../words/review.en.json";
import nb from "../words/review.nb.json";
import sv from "../words/review.sv.json";

declare module "../base/words" {
  interface Catalogues {
    review: typeof sv;
  }
}

register("review", { sv, nb, en });
