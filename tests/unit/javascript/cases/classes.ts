/** Reads and writes. */
export class Repository<Row extends Identified> extends Base<Row> implements Store, Closed {
  readonly table: Table;
  readonly #rows = new Map<string, Row>();

  constructor(table: Table) {
    super();
    this.table = table;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Two at a time. */
  protected async select(most = 2): Promise<Row[]> {
    return [...this.#rows.values()].slice(0, most);
  }

  override close(): void {
    this.#rows.clear();
  }
}

export abstract class Problem extends Error {}
