/**
 * Tells tsc what asc already knows: the sized integers of `assembly/shared` are numbers.
 * Files beside this one hold nothing but `export const NAME: u32 = <literal>;`.
 */
declare type u8 = number;
declare type u16 = number;
declare type u32 = number;
