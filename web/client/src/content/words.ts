/** The words of the desk for clinical content, in three languages. */
import { register } from "../base/words";
import en from "../words/content.en.json";
import nb from "../words/content.nb.json";
import sv from "../words/content.sv.json";

declare module "../base/words" {
  interface Catalogues {
    content: typeof sv;
  }
}

register("content", { sv, nb, en });
