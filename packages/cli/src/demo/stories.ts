import { bootstrapStory } from './bootstrap-story.ts'
import { dispatchStory } from './dispatch-story.ts'
import { planStory } from './plan-story.ts'
import { releaseStory } from './release-story.ts'
import type { Story } from './story.ts'

/** In the order in which they are told. */
export const stories: readonly Story[] = [dispatchStory, bootstrapStory, releaseStory, planStory]
