/** The words of the desk of booked times, in three languages. */
import { register } from "../base/words";
import en from "../words/times.en.json";
import nb from "../words/times.nb.json";
import sv from "../words/times.sv.json";

declare module "../base/words" {
  interface Catalogues {
    times: typeof sv;
  }
}

register("times", { sv, nb, en });
