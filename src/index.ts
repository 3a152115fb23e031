/** The public face: an export list. */

export {
  DesktopRights,
  DirectoryRights,
  DsRights,
  describeMask,
  EventLogRights,
  EventRights,
  FileRights,
  formatMask,
  GenericRights,
  JobRights,
  KeyRights,
  MutantRights,
  type NamedRight,
  ObjectDirectoryRights,
  PipeRights,
  PrinterRights,
  ProcessRights,
  parseMask,
  rightsOf,
  ScmRights,
  SectionRights,
  SemaphoreRights,
  ServiceRights,
  StandardRights,
  SymbolicLinkRights,
  ThreadRights,
  TimerRights,
  TokenRights,
  WindowStationRights,
  WmiRights,
} from "./access-mask.js";
export type {
  AccessCheckCall,
  AccessCheckRequest,
  AccessOptions,
  ManyAccessChecksRequest,
  MatrixRequest,
  ObjectTypeNode,
  ScanRequest,
  SetAccessChecksRequest,
  StreamRequest,
} from "./access-request.js";
export { AccessToken } from "./access-token.js";
export { Ace, type AceData, type AceFields, type CompoundAce } from "./ace.js";
export { AceFlags } from "./ace-flags.js";
export { Acl } from "./acl.js";
export { type CanonicalOrder, canonicalOrder, type OrderFinding, toCanonicalOrder } from "./canonical-order.js";
export { CarrierError, type CarrierName, carrierNames } from "./carriers/carrier-error.js";
export { type CarriedDescriptor, type CarriedDescriptors, readDescriptors } from "./carriers/read-descriptors.js";
export type { CentralPolicy, PolicyRule } from "./central-policy.js";
export { Checker } from "./checker.js";
export { type Claim, ClaimFlags, type ClaimType, type ClaimValue, claimOf } from "./claim.js";
export { Condition, type ConditionLiteral, type ConditionToken } from "./condition.js";
export { type MandatoryLabel, protect, unprotect, withLabel } from "./descriptor-edits.js";
export type { AclState, DescriptorParts } from "./descriptor-parts.js";
export { DescriptorSet } from "./descriptor-set.js";
export {
  type ConditionPurpose,
  type ConditionRequest,
  Engine,
  type FilterVerdict,
  type Truth,
} from "./engine.js";
export {
  ArgumentError,
  EngineError,
  type ErrorCode,
  FormatError,
  isSallyportError,
  JsonError,
  type SallyportError,
  SddlError,
} from "./errors.js";
export type {
  AccessReason,
  AceReference,
  BitExplanation,
  Cause,
  ConditionReport,
  DecidedBy,
  PassName,
  PassReason,
  Reason,
  RuleExplanation,
  UnusedAce,
} from "./explain/reason.js";
export type { Explanation, NodeExplanation } from "./explanation.js";
export { FilterFlags, type FilterOptions, type FilterSidInput } from "./filter-request.js";
export { GenericMapping, type GenericMappingFields, type MappingName, mappingNames } from "./generic-mapping.js";
export type { AceOrigin } from "./inherit/inherit-acl.js";
export { InheritanceFlags } from "./inherit/inheritance-flags.js";
export {
  type CreationRefusal,
  createPrivateObjectSecurity,
  type ObjectCreation,
  type ObjectCreationResult,
} from "./inherit/private-object-security.js";
export { type ObjectTree, type PropagationOptions, propagateInheritance } from "./inherit/propagation.js";
export type { NtStatus } from "./ntstatus.js";
export { type ObjectType, objectTypes } from "./object-type.js";
export { type ParseOptions, parse, type RecoveredSddl } from "./parse.js";
export { type Privilege, PrivilegeAttributes, privilegeLuid, privilegeName, privilegeNames } from "./privilege.js";
export type { SddlCompletions } from "./sddl/completion.js";
export type { SddlCandidate } from "./sddl/completion-candidates.js";
export { formatCondition } from "./sddl/condition-format.js";
export { parseCondition } from "./sddl/condition-parse.js";
export { parseRecovering, type RecoveredDescriptor } from "./sddl/recover.js";
export type { NodeKind as SddlNodeKind, TokenKind as SddlTokenKind } from "./sddl/token-kinds.js";
export type { SddlToken, SddlTree } from "./sddl/tree.js";
export type { SddlDiagnostic, SddlNode } from "./sddl/tree-recorder.js";
export { SecurityDescriptor } from "./security-descriptor.js";
export { Sid } from "./sid.js";
export type { TokenInput } from "./token-fields.js";
export type { TokenAnswer } from "./token-output.js";
export type {
  AppContainer,
  ElevationType,
  ImpersonationLevel,
  SidAndAttributes,
  TokenSource,
  TokenType,
} from "./token-parts.js";
export type { AuditEvent, ObjectTypeVerdict, ScanFault, StagedVerdict, StreamBatch, Verdict } from "./verdict.js";
export type { EngineOptions, VerdictEngine } from "./verdict-engine.js";
export { aliasOfSid, contextOf, nameOfSid, parseSidOrAlias, type SidContext, sidFromAlias } from "./well-known-sids.js";
