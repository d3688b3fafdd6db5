/** The words of the door of a visit, in three languages. */
import { register } from "../base/words";
import en from "../words/room.en.json";
import nb from "../words/room.nb.json";
import sv from "../words/room.sv.json";

declare module "../base/words" {
  interface Catalogues {
    room: typeof sv;
  }
}

register("room", { sv, nb, en });
