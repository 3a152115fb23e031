/** Rights of events, mutants, semaphores and timers. winnt.h */
import { type RightsFamily, rightsFamily } from "./family.js";

export const EventRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1f0003,
  QUERY_STATE: 0x1,
  MODIFY_STATE: 0x2,
} as const);

export const MutantRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1f0001,
  QUERY_STATE: 0x1,
} as const);

export const SemaphoreRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1f0003,
  QUERY_STATE: 0x1,
  MODIFY_STATE: 0x2,
} as const);

export const TimerRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1f0003,
  QUERY_STATE: 0x1,
  MODIFY_STATE: 0x2,
} as const);

export const eventFamily: RightsFamily = /* @__PURE__ */ rightsFamily("EVENT_", EventRights, {
  ALL: "EVENT_ALL_ACCESS",
});

export const mutantFamily: RightsFamily = /* @__PURE__ */ rightsFamily(
  "MUTANT_",
  MutantRights,
  {
    ALL: "MUTANT_ALL_ACCESS",
  },
  {
    MUTEX_MODIFY_STATE: 0x1,
    MUTEX_ALL_ACCESS: 0x1f0001,
  },
);

export const semaphoreFamily: RightsFamily = /* @__PURE__ */ rightsFamily("SEMAPHORE_", SemaphoreRights, {
  ALL: "SEMAPHORE_ALL_ACCESS",
});

export const timerFamily: RightsFamily = /* @__PURE__ */ rightsFamily("TIMER_", TimerRights, {
  ALL: "TIMER_ALL_ACCESS",
});
