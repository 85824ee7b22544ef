"use strict";

// Everything relative, so that the page also works behind a proxy that serves it below a prefix.
SwaggerUIBundle({
  dom_id: "#swagger-ui",
  url: new URL("openapi.json", location.href).href,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // Without null it would send the document to a public validator.
  validatorUrl: null,
});
