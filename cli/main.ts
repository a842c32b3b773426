import { UsageError } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";

const usage = (): string =>
  [
    "df-xrm: plan a dark-field X-ray microscopy experiment from a CIF file",
    "",
    ...Object.values(COMMANDS).map(({ usage, summary }) => `  df-xrm ${usage}\n      ${summary}`),
    "",
    "Exit status: 0 done, 1 the answer is no (check: an error was found), 2 wrong use.",
    "",
  ].join("\n");

/** Runs one command line; returns the exit status. */
async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`df-xrm: there is no command "${name}"; known are ${Object.keys(COMMANDS).join(", ")}\n`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`df-xrm ${command.usage}\n    ${command.summary}\n`);
    return 0;
  }
  try {
    const { output, errors, status } = await command.run(rest);
    process.stdout.write(output);
    for (const line of errors) process.stderr.write(`df-xrm: ${line}\n`);
    return status;
  } catch (caught) {
    if (!(caught instanceof UsageError)) throw caught;
    process.stderr.write(`df-xrm ${name}: ${caught.message} (usage: df-xrm ${command.usage})\n`);
    return 2;
  }
}

void run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
