// What is read of a review: loaded when a result is posted, since it loads zod.
export { convergenceOf } from './review/convergence.ts'
export { type ParsedReview, parseReviewResult, REVIEW_SCHEMA_URL, type ReviewFault } from './review/parse-review.ts'
