/** By which clocks the units of this country live, where the service has not said it yet. */
import { shell } from "../base/shell";

const ZONES = { se: "Europe/Stockholm", no: "Europe/Oslo" } as const;

export const ZONE: string = ZONES[shell.country];
