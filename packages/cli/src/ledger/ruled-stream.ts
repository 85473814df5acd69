import { type StreamName, UserError } from '@switchyard/core'
import { isRuledStream, RULED_STREAMS, type RuledStream } from '@switchyard/streams'

/** @throws {UserError} `STREAM_UNKNOWN` for a stream whose rules are not in this version. */
export function getRuledStream(stream: StreamName): RuledStream {
  if (isRuledStream(stream)) return stream
  throw new UserError('STREAM_UNKNOWN', `This version of Switchyard has no rules for the stream ${stream}`, {
    hint: `Choose ${RULED_STREAMS.join(' or ')}, or a newer version. \`show\` and \`export\` read any stream.`,
  })
}
