// By itself: doors name the file in their first request, and read it when all else has loaded.

/** Where a repository says who may command what, and which others it accepts, for all capabilities. */
export const CONFIG_PATH = '.github/switchyard.yml'
