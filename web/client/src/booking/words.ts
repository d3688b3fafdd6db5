/** The words of booked times, in three languages. */
import { register } from "../base/words";
import en from "../words/booking.en.json";
import nb from "../words/booking.nb.json";
import sv from "../words/booking.sv.json";

declare module "../base/words" {
  interface Catalogues {
    booking: typeof sv;
  }
}

register("booking", { sv, nb, en });
