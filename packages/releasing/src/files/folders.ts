/** The folder that holds the inventory, the releases and the contents of their steps. */
export const RELEASE_FOLDER = 'release'
export const INVENTORY_FILE = `${RELEASE_FOLDER}/inventory.yml`
export const RELEASES_FOLDER = `${RELEASE_FOLDER}/releases`
