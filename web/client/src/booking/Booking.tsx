/** The patient's booked times, over whatever else is shown: one thing a screen. Fetched when it is asked for. */
import { useEffect } from "preact/hooks";
import { Cancel } from "./Cancel";
import { Confirm, Done } from "./Confirm";
import { Find } from "./Find";
import { Own } from "./Own";
import { keepLooking } from "./own";
import { followBack, place } from "./place";
import { Wish } from "./Wish";
import "./booking.css";
import "./words";

export function Booking() {
  useEffect(followBack, []);
  useEffect(keepLooking, []);
  const now = place.value;
  switch (now.at) {
    case "own":
      return <Own />;
    case "find":
      return <Find moves={now.moves} />;
    case "confirm":
      return <Confirm key={now.chosen.starts_at} chosen={now.chosen} />;
    case "done":
      return <Done chosen={now.chosen} />;
    case "cancel":
      return <Cancel booking={now.booking} />;
    case "wish":
      return <Wish />;
  }
}
