/** The organisation that owns every repository of a stage. */
export const OWNER = 'acme'
/** Who pushes, and whose token serves the targets. */
export const MAINTAINER = 'maintainer'
