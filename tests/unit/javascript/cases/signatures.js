/** What the file is about. */

import express from "express";
import { all } from "./table.js";

/**
 * @import { Express } from "express"
 * @import { Actor } from "./access.js"
 * @import { Table } from "./table.js"
 */

/**
 * Throws NotFound.
 *
 * @param {Table} table
 * @param {Actor} actor
 * @param {readonly string[]} [ids]
 * @returns {Promise<Row | undefined>}
 */
export async function find(table, actor, ids = []) {
  return all(table, actor, ids);
}

export function stop() {}

/**
 * @param {Owned} owned
 * @param {string} [header]
 * @param {number} [depth]
 * @returns {boolean}
 */
function isOwn({ owner }, header, depth = 0) {
  return owner === header && depth > 0;
}

/**
 * @param {string} aParameterWithARatherLongName
 * @param {string} anotherParameterWithALongName
 * @param {string} theLastOne
 */
function longer(aParameterWithARatherLongName, anotherParameterWithALongName, theLastOne) {}

/**
 * @template {string} const T
 * @param {T[]} values
 * @returns {values is [T]}
 */
export function oneOf(...values) {
  /** @param {T} value */
  const first = (value) => value;
  return values.some((/** @type {T} */ each) => first(each) === each);
}

/**
 * @param {Express} app
 * @returns {Iterable<string>}
 */
export function* each(app) {
  yield express.name + app;
}
