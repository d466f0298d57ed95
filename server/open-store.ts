import type { Config } from './config.ts'
import type { DocumentStore } from './store/document-store.ts'
import { type EmbeddedStore, openEmbeddedStore } from './store/embedded.ts'
import { lockFolder } from './store/instance-lock.ts'

/**
 * The store that the configuration names: MongoDB, which any number of processes share, or else this machine's folder.
 * @throws FolderInUseError, DatabaseRefusedError
 */
export async function openStore({ mongodbUri, dataDir, tenant }: Config): Promise<DocumentStore | EmbeddedStore> {
  if (mongodbUri === undefined) return openEmbeddedStore(dataDir)
  // The practice tenant keeps its own state in the folder, also where the service's documents are elsewhere.
  const hasPracticeState = tenant.kind === 'practice' && tenant.url === undefined && dataDir !== ':memory:'
  const releaseFolder = hasPracticeState ? lockFolder(dataDir) : () => {}
  try {
    const { openMongoStore } = await import('./store/mongodb.ts')
    const store = await openMongoStore(mongodbUri)
    return {
      ...store,
      async close() {
        await store.close()
        releaseFolder()
      },
    }
  } catch (error) {
    releaseFolder()
    throw error
  }
}
