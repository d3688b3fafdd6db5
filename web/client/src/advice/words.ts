/** The words of what to do if it gets worse, of the emergency call and of endings, in three languages. */
import { register } from "../base/words";
import en from "../words/advice.en.json";
import nb from "../words/advice.nb.json";
import sv from "../words/advice.sv.json";

declare module "../base/words" {
  interface Catalogues {
    advice: typeof sv;
  }
}

register("advice", { sv, nb, en });
