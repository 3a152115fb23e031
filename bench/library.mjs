/**
 * The built library, as a namespace: calls that are not there yet are `undefined` in it, not an error.
 *
 * By a path that compilers do not follow, for what is built is not theirs to read.
 */
const { href } = new URL("../build/index.js", import.meta.url);

export const sallyport = await import(href);
