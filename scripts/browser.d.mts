import type { Browser, LaunchOptions } from 'playwright-core';

export class NoBrowser extends Error {}
export function launch(options?: Omit<LaunchOptions, 'executablePath'>): Promise<Browser>;
