/** @import { Id } from "./id.js" */

/** @typedef {"public" | "owner"} Rule */
/**
 * @template T
 * @typedef {{ readonly [K in keyof T]: Rule }} Shape
 */

/**
 * Who asks.
 *
 * @template T
 * @typedef {object} Actor
 * @property {Id | null} id
 * @property {boolean} [isAdmin] - Passes every rule.
 * @property {() => T} of
 */

/**
 * Of nobody.
 *
 * @type {Actor<string>}
 */
export const ANONYMOUS = { id: null, of: () => "" };
export const RULES = /** @type {const} */ (["public", "owner"]);
/** @satisfies {Shape<object>} */
export const SHAPES = { a: "owner" };
/** @type {Set<string>} */
const seen = new Set();

export const store = {
  /**
   * @param {string} text
   * @returns {number}
   */
  load: (text) => Number(text),
};

/**
 * @param {unknown} error
 * @returns {string}
 */
export function text(error) {
  /** @type {string[]} */
  const lines = [];
  const cause = /** @type {Cause} */ (/** @type {unknown} */ (error));
  lines.push(/** @type {Error} */ (error).message, /** @type {string} */ (cause.lines ?? []));
  for (const rule of /** @type {const} */ (["a", "b"])) seen.add(rule);
  return lines.join();
}
