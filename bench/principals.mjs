/**
 * A workload's token for engines that know no restricted tokens: the restricting SIDs are a second principal who has to
 * be let in as well.
 */

/** `{ name, sids }` of each principal that has to be let in. */
export const principals = ({ user, groups, restricting }) => [
  { name: user, sids: [user, ...groups] },
  ...(restricting === null ? [] : [{ name: `${user}-restricted`, sids: restricting }]),
];
