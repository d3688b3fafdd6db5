/**
 * What one's own picture gives up when it does not arrive well: its size first, twice, then itself, so that sound gets
 * through. Comes back a step at a time; a camera that was turned off for it is turned on again by the person. Pure.
 */

export type Step = 0 | 1 | 2 | 3;

/** By how much the picture is made smaller at each step; the last sends none. */
export const SCALES = [1, 2, 4, 4] as const;
export const NO_PICTURE = 3;
const WORSE_AFTER_S = 10;
const BETTER_AFTER_S = 30;

export interface Yielding {
  step: Step;
  /** Seconds in which it was not enough, or was, since the step was taken. */
  poor_s: number;
  calm_s: number;
}

export const NOTHING_YIELDED: Yielding = { step: 0, poor_s: 0, calm_s: 0 };

/** One second later. `poor`: somebody says that the picture is not enough. */
export function after(now: Yielding, poor: boolean): Yielding {
  if (poor) {
    const due = now.step === 0 || now.poor_s + 1 >= WORSE_AFTER_S;
    if (due && now.step < NO_PICTURE) return { step: (now.step + 1) as Step, poor_s: 0, calm_s: 0 };
    return { ...now, poor_s: now.poor_s + 1, calm_s: 0 };
  }
  const calm_s = now.calm_s + 1;
  if (now.step > 0 && calm_s >= BETTER_AFTER_S) return { step: (now.step - 1) as Step, poor_s: 0, calm_s: 0 };
  return { ...now, poor_s: 0, calm_s };
}
