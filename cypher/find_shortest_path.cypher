// Shortest paths between two papers or concepts, a row for each step, with the sentence behind it.
//
// Paths go over the edges from papers to concepts, either way, so that every step has a paper and its
// sentence. Of equally short paths those whose sequence of node ids comes first are given. Where
// several edges join a pair, the step is the one whose relation stands first in the list below.
// Ordered by path and step.
//
// $start (node): a paper or concept, such as "BERT".
// $end (node): a paper or concept, such as "ImageNet".
// $limit (integer): most paths, such as 1. Default 1.

MATCH (start:Paperkg {id: $start}), (end:Paperkg {id: $end})
WITH start, end
WHERE start <> end
MATCH path = allShortestPaths((start)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS*]-(end))
WHERE all(node IN nodes(path) WHERE node:Paperkg)
WITH DISTINCT nodes(path) AS walk
ORDER BY [node IN walk | node.id]
LIMIT $limit
WITH collect(walk) AS walks
UNWIND range(1, size(walks)) AS path
UNWIND range(1, size(walks[path - 1]) - 1) AS step
WITH path, step, walks[path - 1][step - 1] AS source, walks[path - 1][step] AS target
CALL (source, target) {
  MATCH (source)-[edge:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(target)
  RETURN edge
  ORDER BY reduce(place = 0, name IN [
    'MENTIONS', 'STUDIES', 'COMPARES', 'TRAINS', 'REPORTS', 'ADDRESSES', 'EVALUATES', 'USES', 'PROPOSES'
  ] | CASE WHEN name = type(edge) OR place > 0 THEN place + 1 ELSE 0 END)
  LIMIT 1
}
RETURN
  path,
  step,
  source.id AS from_id,
  source.name AS from,
  type(edge) AS relation,
  target.id AS to_id,
  target.name AS to,
  startNode(edge).id AS paper_id,
  edge.evidence AS evidence
ORDER BY path, step
