/** The folder that holds the inventory, the releases and the contents of their steps. */
export const RELEASE_FOLDER = 'release'
