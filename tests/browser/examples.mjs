// examples.mjs SERVER: the ids that the OpenAPI document offers to try are in the catalog that the server has, which is the demo's.
import { get, getJson } from "./http.mjs";

const server = process.argv[2];
const document = await getJson(new URL("openapi.json", server));
for (const kind of ["Track", "Album", "Artist"]) {
  const path = `lookup/${kind.toLowerCase()}/${document.components.parameters[`${kind}Id`].example}`;
  const answer = await get(new URL(path, server));
  if (answer.status !== 200) { throw new Error(`${path} answers ${answer.status}`); }
}
