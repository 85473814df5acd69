/** How many stand above a node. Where they stand above each other in a circle, it stops one beyond `most`. */
export function depthOf<Node>(node: Node, above: (node: Node) => Node | undefined, most: number): number {
  let depth = 0
  for (let at = above(node); at !== undefined && depth <= most; at = above(at)) depth += 1
  return depth
}
