/** The words of inviting guests to a visit, in three languages. */
import { register } from "../base/words";
import en from "../words/guests.en.json";
import nb from "../words/guests.nb.json";
import sv from "../words/guests.sv.json";

declare module "../base/words" {
  interface Catalogues {
    guests: typeof sv;
  }
}

register("guests", { sv, nb, en });
