/** Files, in UTF-16 units. GitHub's GraphQL cuts a blob's text at 512,000 bytes; both must be readable whole. */
export const MAX_INVENTORY_LENGTH = 500_000
export const MAX_RELEASE_FILE_LENGTH = 400_000
export const MAX_CLUSTERS = 200
/** Of all clusters together, inactive ones too. */
export const MAX_CUSTOMERS = 2_000
/** Names of clusters, namespaces and customers. */
export const MAX_NAME_LENGTH = 100
export const MAX_TAGS = 20
export const MAX_TAG_LENGTH = 50
/** GitHub: "An environment name may not exceed 255 characters" (docs, "Managing environments for deployment"). */
export const MAX_ENVIRONMENT_LENGTH = 255
export const MAX_SQL_COMMAND_LENGTH = 1_000
export const MAX_DESCRIPTION_LENGTH = 2_000
/** Names of releases and steps. */
export const MAX_TITLE_LENGTH = 160
export const MAX_VERSION_LENGTH = 100
export const MAX_REF_LENGTH = 255
export const MAX_ID_LENGTH = 64
/** Of the release's metadata as JSON, in UTF-16 units: it goes with every record of the release. */
export const MAX_METADATA_LENGTH = 10_000
/** Deploy and verify steps together. */
export const MAX_STEPS = 200
/** One step's content, in bytes of UTF-8. */
export const MAX_CONTENT_BYTES = 65_536
/** All contents of a release together, those of named files too, in bytes of UTF-8. */
export const MAX_CONTENTS_BYTES = 400_000
/** Faults told at once: nobody mends more in one go. */
export const MAX_FAULTS = 100
