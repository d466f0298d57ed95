import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buildPackages } from './packages/build-packages.ts'
import { readPackageSettings } from './packages/read-settings.ts'

/**
 * `npm run package`: writes what an administrator uploads, for the service at `PUBLIC_URL` and the registration
 * `CLIENT_ID`: `dist/packages/outlook-manifest.xml` and `dist/packages/protected-time-teams.zip`.
 * Run from the project's top folder. Ends with 1 and names every bad setting when one is wrong.
 */
async function main(): Promise<number> {
  const { settings, faults } = readPackageSettings(process.env)
  if (!settings) {
    for (const fault of faults) process.stderr.write(`${fault.name} ${fault.message}\n`)
    return 1
  }
  const packages = buildPackages(
    {
      outlookManifest: await readFile('manifest.xml', 'utf8'),
      teamsManifest: await readFile(join('teams-app', 'manifest.json'), 'utf8'),
      colorIcon: await readFile(join('teams-app', 'color.png')),
      outlineIcon: await readFile(join('teams-app', 'outline.png')),
    },
    settings,
  )
  const folder = resolve('dist', 'packages')
  await mkdir(folder, { recursive: true })
  const outlookFile = join(folder, 'outlook-manifest.xml')
  const teamsFile = join(folder, 'protected-time-teams.zip')
  await writeFile(outlookFile, packages.outlookManifest)
  await writeFile(teamsFile, packages.teamsZip)
  process.stdout.write(
    `Outlook add-in  ${outlookFile}\n  Microsoft 365 admin center, Integrated apps, Upload custom apps\n` +
      `Teams app       ${teamsFile}\n  Teams admin center, Manage apps, Upload new app\n`,
  )
  return 0
}

process.exitCode = await main()
