/**
 * A real OpenID provider for tests, as the JSON on its standard input says: keys, client, people.
 * Whoever comes chooses from a list who they are. It says "ready" and its own address when it takes connections.
 */
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const told = JSON.parse(readFileSync(0, "utf8"));
const people = new Map(told.people.map((person) => [person.id, person]));

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening"); // its address is part of what it is
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [told.client],
  jwks: { keys: told.keys },
  scopes: told.scopes,
  claims: { openid: ["sub", "sid", "acr", "auth_time", ...told.claims] },
  conformIdTokenClaims: false,
  acrValues: told.acr,
  pkce: { required: () => true },
  clientAuthMethods: ["private_key_jwt"],
  enabledJWA: { clientAuthSigningAlgValues: ["ES256"] },
  cookies: { keys: ["tests only"] },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: told.par },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => told.dpop_nonce },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: leave },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id).claims }) }),
  loadExistingGrant: granted,
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options), // its own refuses every address of this machine
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, IdToken: 300, AccessToken: 300, AuthorizationCode: 60 },
});

async function granted({ oidc }) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope(told.scopes.join(" "));
  await grant.save();
  return grant;
}

async function leave(ctx, form) {
  ctx.body = `<!doctype html><title>Logout</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
}

/** Who is chosen has signed in, as surely as the list says. */
async function interact(request, response, [, uid, id]) {
  if (id === undefined) {
    const links = told.people.map(({ id: own, name }) => `<li><a href="/interaction/${uid}/${own}">${name}</a>`);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Provider</title><h1>Who are you?</h1><ul>${links.join("")}</ul>`);
  } else if (id === "nobody") {
    await provider.interactionFinished(request, response, { error: "access_denied" });
  } else {
    const { acr } = people.get(id);
    const reached = acr.length > 1 ? acr.shift() : acr[0]; // more surely each time
    await provider.interactionFinished(request, response, { login: { accountId: id, acr: reached } });
  }
}

const answer = provider.callback();
server.on("request", (request, response) => {
  const place = /^\/interaction\/([\w-]+)(?:\/([\w-]+))?$/.exec(request.url);
  if (place) interact(request, response, place).catch(() => response.writeHead(400).end());
  else answer(request, response);
});
console.log(`ready ${issuer}`);

for (const event of ["server_error", "grant.error", "pushed_authorization_request.error", "backchannel.error"])
  provider.on(event, (...args) => console.error(event, String(args.find((one) => one instanceof Error)), args.find((one) => one instanceof Error)?.error_detail ?? ""));
