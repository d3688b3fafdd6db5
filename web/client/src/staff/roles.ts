/** What a role is called; a role the catalogue does not know is shown as the deployment named it. */
import { hasWords, t } from "../base/words";

export function roleWords(role: string): string {
  const key = `staff.role_${role}`;
  return hasWords(key) ? t(key) : role;
}
