/** Zero-width space: breaks a mention, reference or address without being seen. */
export const BREAK = '\u200b'
