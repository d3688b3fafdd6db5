/** The words of the desk for the service itself, in three languages. */
import { register } from "../base/words";
import en from "../words/administration.en.json";
import nb from "../words/administration.nb.json";
import sv from "../words/administration.sv.json";

declare module "../base/words" {
  interface Catalogues {
    administration: typeof sv;
  }
}

register("administration", { sv, nb, en });
