/** The words of what staff say to each other and see of each other, in three languages. */
import { register } from "../base/words";
import en from "../words/talk.en.json";
import nb from "../words/talk.nb.json";
import sv from "../words/talk.sv.json";

declare module "../base/words" {
  interface Catalogues {
    talk: typeof sv;
  }
}

register("talk", { sv, nb, en });
