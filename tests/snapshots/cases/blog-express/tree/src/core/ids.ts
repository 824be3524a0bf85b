/** Ids that the application makes. */

import { randomBytes, randomUUID } from "node:crypto";

/**
 * A time-ordered id (UUID version 7, RFC 9562): 48 bits of milliseconds, then 74 random bits. New
 * rows land at the end of an index.
 */
export function uuid7(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function newRequestId(): string {
  return randomUUID().replaceAll("-", "");
}
