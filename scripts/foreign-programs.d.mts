export declare const DEBIAN_PACKAGES: Readonly<Record<string, string>>;
/** The path of a program; null when it is not installed. */
export declare function findProgram(name: string): string | null;
