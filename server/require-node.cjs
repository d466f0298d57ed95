// Runs before anything else and in any Node: a clear line instead of a syntax error from a dependency.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Protected Time needs Node 20.19 or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}
