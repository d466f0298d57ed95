/** Loaded before a program, tells on standard error how much memory the process took at most, in kilobytes. */
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`))
