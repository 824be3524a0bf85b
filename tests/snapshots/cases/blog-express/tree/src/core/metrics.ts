/** Request durations for Prometheus. */

import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Operation } from "./operations.js";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Labels hold patterns and known methods only: what a client sends makes no new series. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #durations = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "status"],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    const known = METHODS.has(method) ? method : "OTHER";
    this.#durations.observe({ method: known, route, status }, seconds);
  }

  get operation(): Operation {
    return {
      method: "get",
      path: "/metrics",
      id: "metrics",
      tag: "operations",
      text: true,
      handle: async (_request, response) => {
        response.set("Content-Type", this.#registry.contentType);
        response.end(await this.#registry.metrics());
      },
    };
  }
}
