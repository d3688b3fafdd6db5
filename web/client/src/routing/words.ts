/** The words about why a contact goes where it goes, in three languages. */
import { register } from "../base/words";
import en from "../words/route.en.json";
import nb from "../words/route.nb.json";
import sv from "../words/route.sv.json";

declare module "../base/words" {
  interface Catalogues {
    route: typeof sv;
  }
}

register("route", { sv, nb, en });
