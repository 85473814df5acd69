import type { Plan } from '../../src/index.ts'
import { planIssues, type PlanIssue } from '../../src/tree.ts'

const PLACE = { file: 'plan.md', line: 1, column: 1 }

export interface TaskDraft {
  readonly id: string
  readonly title?: string
  readonly text?: string
  readonly dependsOn?: readonly string[]
  readonly hasOwnId?: boolean
}

export interface StoryDraft extends TaskDraft {
  readonly tasks?: readonly (string | TaskDraft)[]
}

export interface PlanDraft {
  readonly epic?: TaskDraft
  readonly stories?: readonly (string | StoryDraft)[]
  readonly labels?: readonly string[]
  readonly milestone?: string
  readonly assignees?: readonly string[]
}

/** A plan as it was read. A title that is not given is made from the id; ids are the plan's own unless said otherwise. */
export function aPlan({ epic = { id: 'epic' }, stories = [], labels = [], milestone, assignees = [] }: PlanDraft): Plan {
  return {
    title: 'Plan',
    idea: 12,
    labels,
    milestone,
    assignees,
    epic: {
      ...node(epic),
      level: 'epic',
      stories: stories.map(drafted).map((story) => ({
        ...node(story),
        level: 'story',
        tasks: (story.tasks ?? []).map(drafted).map((task) => ({
          ...node(task),
          level: 'task',
          files: [],
          dependsOn: task.dependsOn ?? [],
          verify: 'NONE',
          criteria: [],
        })),
      })),
    },
  }
}

/** The issues of such a plan, its texts taken as they are. */
export function issuesOf(draft: PlanDraft): readonly PlanIssue[] {
  return planIssues(aPlan(draft), { allowMentions: false, defuse: (markdown) => markdown })
}

function drafted<Draft extends TaskDraft>(draft: string | Draft): Draft | (TaskDraft & Partial<Draft>) {
  return typeof draft === 'string' ? ({ id: draft } as TaskDraft & Partial<Draft>) : draft
}

function node({ id, title = `The ${id}`, text = `Text of ${id}.`, hasOwnId = true }: TaskDraft) {
  return { id, title, text, hasOwnId, place: PLACE }
}
