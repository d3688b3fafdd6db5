/** The words of a photo in a visit, in three languages. */
import { register } from "../base/words";
import en from "../words/photo.en.json";
import nb from "../words/photo.nb.json";
import sv from "../words/photo.sv.json";

declare module "../base/words" {
  interface Catalogues {
    photo: typeof sv;
  }
}

register("photo", { sv, nb, en });
