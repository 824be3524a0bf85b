/**
 * Reads and writes.
 *
 * @template {Identified} Row
 * @extends {Base<Row>}
 * @implements {Store}
 * @implements {Closed}
 */
export class Repository extends Base {
  /** @type {Table} */
  table;
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /** @param {Table} table */
  constructor(table) {
    super();
    this.table = table;
  }

  /** @returns {number} */
  get size() {
    return this.#rows.size;
  }

  /**
   * Two at a time.
   *
   * @protected
   * @returns {Promise<Row[]>}
   */
  async select(most = 2) {
    return [...this.#rows.values()].slice(0, most);
  }

  /** @override */
  close() {
    this.#rows.clear();
  }
}

export class Problem extends Error {}
