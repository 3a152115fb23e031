/** The page with a bundler: its entry. */
import { AccessToken, Engine, SecurityDescriptor } from "sallyport";
import { start } from "./view.js";

start({ AccessToken, Engine, SecurityDescriptor });
