import type { Id } from "./id.js";

export type Rule = "public" | "owner";
type Shape<T> = {
  readonly [K in keyof T]: Rule;
};

/** Who asks. */
export interface Actor<T> {
  readonly id: Id | null;
  /**
   * Passes
   * every rule.
   */
  readonly isAdmin?: boolean;
  readonly of: () => T;
}

/** Of nobody. */
export const ANONYMOUS: Actor<string> = { id: null, of: () => "" };
export const RULES = ["public", "owner"] as const;
export const SHAPES = { a: "owner" } satisfies Shape<object>;
const seen = new Set<string>();

export const store = {
  load: (text: string): number => Number(text),
};

export function text(error: unknown): string {
  const lines: string[] = [];
  const cause = error as unknown as Cause;
  lines.push((error as Error).message, (cause.lines ?? []) as string);
  for (const rule of ["a", "b"] as const) seen.add(rule);
  return lines.join();
}
