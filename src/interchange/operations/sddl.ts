/**
 * `sddl_to_binary` and `binary_to_sddl`: the bytes Windows makes of a text, and the text it prints for bytes.
 * interchange.md
 */

import { SD_MAX_SIZE } from "../../../assembly/shared/security-descriptor.js";
import { toHex } from "../../hex.js";
import type { Taken } from "../../member-shape.js";
import { SecurityDescriptor } from "../../security-descriptor.js";
import { argumentError, RequestContext, readBytes, readText, required, within } from "../read.js";

export function sddlToBinary(request: Taken): object {
  const context = new RequestContext(request);
  const text = readText(required(request, "sddl"), ["sddl"]);
  const descriptor = context.before(() =>
    within(["sddl"], () => SecurityDescriptor.parse(text, { context: context.sids })),
  );
  context.check();
  return { hex: toHex(descriptor.toBytes()) };
}

export function binaryToSddl(request: Taken): object {
  const context = new RequestContext(request);
  if ((request.hex === undefined) === (request.base64 === undefined)) {
    throw argumentError([], "a descriptor is given as `hex` or as `base64`");
  }
  const descriptor = SecurityDescriptor.fromBytes(readBytes(request, [], SD_MAX_SIZE));
  context.check();
  return { sddl: descriptor.toString(context.sids) };
}
