/**
 * The library itself: public calls on values made beforehand. What it shows is what a user gets.
 *
 * Knows the public face alone. A call that is not there yet is skipped by name.
 */
import { sallyport } from "./library.mjs";

const { AccessToken, Ace, Acl, DescriptorSet, Engine, SecurityDescriptor, Sid } = sallyport;
const MAPPING = "file";
/** Nobody's owner and group. */
const system = Sid.parse("S-1-5-18");
const NOT_BUILT = { skip: "not built yet" };
const isBuilt = (method) => DescriptorSet !== undefined && typeof Engine.prototype[method] === "function";

/** Turns ACE lists into descriptors; equal ACEs are made once. */
export class Descriptors {
  #aces = new Map();

  #ace({ allow, mask, sid }) {
    const key = `${allow}${mask}${sid}`;
    let ace = this.#aces.get(key);
    if (ace === undefined) {
      ace = allow ? Ace.allow(mask, Sid.parse(sid)) : Ace.deny(mask, Sid.parse(sid));
      this.#aces.set(key, ace);
    }
    return ace;
  }

  of(aces) {
    return SecurityDescriptor.of({ owner: system, group: system, dacl: Acl.of(aces.map((ace) => this.#ace(ace))) });
  }

  *each(lists) {
    for (const aces of lists) yield this.of(aces);
  }
}

export const accessToken = ({ user, groups, restricting }) =>
  AccessToken.create({ user, groups, restrictedSids: restricting });

function* drawnFrom(values, draws) {
  for (const index of draws) yield values[index];
}

/** The values that the draws of a workload name, as an iterable; those of a streamed workload exist one at a time. */
function drawnValues({ descriptors, draws, streamed }) {
  const made = new Descriptors();
  return streamed ? made.each(descriptors) : drawnFrom([...made.each(descriptors)], draws);
}

/** `engine.check()`, one decision a call; the granted mask. */
export const check = {
  name: "sallyport",
  prepare({ token, descriptors, desired }) {
    const engine = new Engine();
    const who = accessToken(token);
    const requests = [...new Descriptors().each(descriptors)].map((descriptor) => ({
      token: who,
      descriptor,
      desired,
      mapping: MAPPING,
    }));
    return { one: (index) => engine.check(requests[index]).access };
  },
};

/** `engine.checkMany()` over an array of descriptors. */
export const checkMany = {
  name: "sallyport checkMany, array",
  prepare(workload) {
    const engine = new Engine();
    const descriptors = [...drawnValues(workload)];
    const request = { token: accessToken(workload.token), descriptors, desired: workload.desired, mapping: MAPPING };
    return { all: () => engine.checkMany(request) };
  },
};

/** `engine.checkMany()` over a prepared `DescriptorSet`. */
export const checkSet = {
  name: "sallyport checkMany, DescriptorSet",
  prepare(workload) {
    if (!isBuilt("checkMany")) return NOT_BUILT;
    // A million different descriptors take more than the usual 256 MiB.
    const engine = new Engine({ maximumMemory: 1 << 30 });
    const descriptors = DescriptorSet.of(drawnValues(workload));
    const into = new Uint32Array(workload.draws.length);
    const { token, desired } = workload;
    const request = { token: accessToken(token), descriptors, desired, mapping: MAPPING, into };
    return { all: () => engine.checkMany(request) };
  },
};

/** `engine.checkMatrix()`: every token, every descriptor. */
export const checkMatrix = {
  name: "sallyport checkMatrix",
  prepare({ tokens, descriptors, desired, draws }) {
    if (!isBuilt("checkMatrix")) return NOT_BUILT;
    const engine = new Engine();
    const request = {
      tokens: tokens.map(accessToken),
      descriptors: DescriptorSet.of(new Descriptors().each(descriptors)),
      desired,
      mapping: MAPPING,
      into: new Uint32Array(draws.length),
    };
    return { all: () => engine.checkMatrix(request) };
  },
};

/** The same as a user writes it without `checkMatrix`: `checkMany` for one token after the other. */
export const checkManyEach = {
  name: "sallyport checkMany, token by token",
  prepare({ tokens, descriptors, desired, draws }) {
    const engine = new Engine();
    const values = [...new Descriptors().each(descriptors)];
    const list = isBuilt("checkMany") ? DescriptorSet.of(values) : values;
    const requests = tokens.map((token) => ({
      token: accessToken(token),
      descriptors: list,
      desired,
      mapping: MAPPING,
    }));
    const granted = new Uint32Array(draws.length);
    return {
      all: () => {
        requests.forEach((request, index) => {
          granted.set(engine.checkMany(request), index * values.length);
        });
        return granted;
      },
    };
  },
};

/** `engine.scanBytes()` over descriptors end to end. */
export const scanBytes = {
  name: "sallyport scanBytes",
  prepare({ token, desired, bytes, offsets, draws }) {
    if (!isBuilt("scanBytes")) return NOT_BUILT;
    const engine = new Engine();
    const into = new Uint32Array(draws.length);
    const request = { token: accessToken(token), bytes, offsets, desired, mapping: MAPPING, into };
    return {
      all: () => {
        const { access, faults } = engine.scanBytes(request);
        if (faults.length > 0) throw new Error(`a fault in descriptor ${faults[0].index}`);
        return access;
      },
    };
  },
};

/** The same with a value for each descriptor: `fromBytes`, then `check`. */
export const readAndCheck = {
  name: "sallyport fromBytes, check",
  slow: true,
  prepare({ token, desired, bytes, offsets }) {
    const engine = new Engine();
    const who = accessToken(token);
    return {
      one: (index) => {
        const descriptor = SecurityDescriptor.fromBytes(bytes.subarray(offsets[index], offsets[index + 1]));
        return engine.check({ token: who, descriptor, desired, mapping: MAPPING }).access;
      },
    };
  },
};
