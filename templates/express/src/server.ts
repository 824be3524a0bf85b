/** The server: `make start`. */

import { createServer } from "node:http";
import { createApp } from "./app.js";
import { loadSettings } from "./config.js";
import { openDatabase } from "./core/database.js";
import { refuseNonHttp } from "./core/framing.js";
import { configureLogging, logger } from "./core/logging.js";

const SECONDS_TO_FINISH = 30;
// Node's own 16 KiB are less than a list of ids in a query may take.
const MAX_HEADER_BYTES = 65_536;

const settings = loadSettings();
configureLogging(settings.LOG_LEVEL);
const database = await openDatabase(settings);
const app = createApp(settings, database);
const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app.express);
refuseNonHttp(server);

server.listen(settings.PORT, settings.HOST, () => {
  logger.info({ address: server.address() }, "listening");
});

/** Finishes the requests in flight, then closes what they used. */
async function stop(): Promise<void> {
  setTimeout(() => server.closeAllConnections(), SECONDS_TO_FINISH * 1000).unref();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  await app.limiter.close();
  await database.close();
  logger.info("stopped");
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
