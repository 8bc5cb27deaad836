#!/usr/bin/env node
import { Command } from 'commander';
import { type Flags, flagOf, SETTINGS } from '../config.js';
import type { Setting } from '../settings.js';
import { latchhookVersion } from '../version.js';
import { failureLine } from './failure.js';
import { changePassword } from './passwd.js';
import { serve } from './serve.js';

const program = new Command('latchhook')
  .description('The webhook server for access panels.')
  .version(latchhookVersion())
  .showHelpAfterError('(latchhook --help shows what there is)');

const serveCommand = program
  .command('serve')
  .description('run the server; each setting is also an environment variable, see docs/settings.md')
  .allowExcessArguments(false)
  .action((flags: Flags) => serve(flags));
for (const setting of Object.values(SETTINGS) as Setting<unknown>[]) {
  serveCommand.option(`--${flagOf(setting)} <value>`, describe(setting));
}

program
  .command('user')
  .description('accounts')
  .command('passwd')
  .description('set the password of an account; works beside a running server')
  .argument('<name>', 'the account')
  .option(`--${flagOf(SETTINGS.dataDir)} <value>`, describe(SETTINGS.dataDir))
  .option(`--${flagOf(SETTINGS.databaseUrl)} <value>`, describe(SETTINGS.databaseUrl))
  .action((name: string, flags: Flags) => changePassword(name, flags));

function describe(setting: Setting<unknown>): string {
  const fallback = setting.shown ?? setting.default;
  const note = fallback ? ` (default: ${fallback})` : '';
  return `${setting.meaning}${note}`.replaceAll('`', '');
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`latchhook: ${failureLine(error)}\n`);
  process.exitCode = 1;
}
