/** The service as a worker. Its settings are bindings: JWKS, ISSUER, AUDIENCE. */
import { createApp } from "./app.mjs";

let app;

export default {
  fetch(request, settings, context) {
    app ??= createApp(settings);
    return app.fetch(request, settings, context);
  },
};
