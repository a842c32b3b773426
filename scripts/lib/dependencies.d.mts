export function ensureDependencies(folder: string, what: string, options?: readonly string[]): boolean;
export function npm(folder: string, args: readonly string[], what: string): void;
