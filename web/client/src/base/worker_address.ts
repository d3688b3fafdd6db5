/**
 * The address of the service worker, as a browser with Trusted Types wants it. This is the only policy there may be
 * (`trusted-types` in web/policy.py), and it knows one address: no text ever becomes markup or a script.
 */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): string };
}

const ADDRESS = "/sw.js";
const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const policy = policies?.createPolicy("fyr-worker", { createScriptURL: () => ADDRESS });

export const workerAddress = (): string => policy?.createScriptURL(ADDRESS) ?? ADDRESS;
