// answers.mjs SERVER GOLDEN: asks a server every request of a recording and validates each answer against the server's OpenAPI document
// with a complete JSON Schema 2020-12 validator. Schemas must be strict: an unknown keyword is an error.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { get, getJson } from "./http.mjs";

const [, , server, golden] = process.argv;
const document = await getJson(new URL("openapi.json", server));
const ajv = new Ajv({ strict: true, allErrors: true, formats: { int64: true }, keywords: ["components", "example"] });
ajv.addSchema({ $id: "openapi", components: document.components }, "openapi", true, false);
const validators = new Map();
const faults = [];
let asked = 0;
for (const line of readFileSync(golden, "utf8").split("\n").filter(text => text)) {
  const { method, path, body } = JSON.parse(line);
  const operation = operationOf(method, path.split("?")[0]);
  const text = typeof body === "string" ? body : JSON.stringify(body ?? undefined);
  const answer = await get(new URL(path, server), { method, body: text });
  const reference = operation.responses[answer.status] ?? operation.responses.default;
  const response = reference.$ref ? document.components.responses[reference.$ref.split("/").at(-1)] : reference;
  const type = answer.headers.get("Content-Type").split(";")[0];
  const schema = response.content[type]?.schema;
  asked++;
  const validate = schema && validatorOf(schema);
  if (!validate || !validate(await answer.json())) {
    faults.push(`${method} ${path} ${answer.status} ${type}: ${validate ? ajv.errorsText(validate.errors) : "not in the document"}`);
  }
}

faults.forEach(fault => console.error(fault));
console.log(`${asked} answers asked, ${faults.length} not as documented`);
process.exit(asked > 600 && faults.length === 0 ? 0 : 1);

function operationOf(method, path) {
  const found = Object.entries(document.paths).find(([template]) =>
    new RegExp("^" + template.replace(/\{[^}]+\}/g, "[^/]+").replaceAll(".", "\\.") + "$").test(path));
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return found?.[1][method.toLowerCase()] ?? { responses: { default: { content: problem } } };
}

function validatorOf(schema) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) {
    validators.set(key, ajv.compile(JSON.parse(key.replaceAll('"#/components', '"openapi#/components'))));
  }

  return validators.get(key);
}
