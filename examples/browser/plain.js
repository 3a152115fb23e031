/** The page without a bundler: the package's own files, served at ./sallyport/. */
import { AccessToken, Engine, SecurityDescriptor } from "./sallyport/index.js";
import { start } from "./view.js";

start({ AccessToken, Engine, SecurityDescriptor });
