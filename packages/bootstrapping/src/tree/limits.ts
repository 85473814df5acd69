/** Most files of a tree. */
export const MAX_FILES = 5_000
/** Most bytes of all files of a tree together. */
export const MAX_TREE_BYTES = 50 * 1024 * 1024
/** Most bytes of one name between slashes: what ext4, APFS and NTFS can hold. */
export const MAX_NAME_BYTES = 255
/** Most bytes of a path: `PATH_MAX` of Linux. */
export const MAX_PATH_BYTES = 4_096
/** Most names of a path. Honest trees have a dozen; the rest only makes every check slow. */
export const MAX_PATH_NAMES = 128
/** Most bytes of where a symbolic link leads. */
export const MAX_LINK_BYTES = 1_024
