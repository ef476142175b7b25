// The first k shortest paths between two papers or concepts that avoid hubs, a row for each step.
//
// A concept on the way (not the two ends) has at most $most papers; no node comes twice. Longer paths
// follow where there are too few short ones, up to six steps. Paths go over the edges from papers to
// concepts, either way; they are ordered by length, then by their sequences of node ids. Where several
// edges join a pair, the step is the one whose relation stands first in the list below. Ordered by
// path and step.
//
// $start (node): a paper or concept, such as "BERT".
// $end (node): a paper or concept, such as "ImageNet".
// $most (integer): most papers that a concept on the way has, such as 5. Default 100.
// $limit (integer): most paths (k), such as 3. Default 3.

MATCH (start:Paperkg {id: $start}), (end:Paperkg {id: $end})
WITH start, end
WHERE start <> end
WITH start, end, COUNT { (start)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-() } > COUNT { (end)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-() } AS turned
WITH
  turned,
  CASE WHEN turned THEN end ELSE start END AS near,
  CASE WHEN turned THEN start ELSE end END AS far
// Walks grow from the end that has fewer edges, a step a block, until there are enough.
WITH turned, far, [[near]] AS walks, CASE WHEN EXISTS { (near)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN [[near, far]] ELSE [] END AS found
CALL (far, walks, found) {
  UNWIND CASE WHEN size(found) < $limit THEN walks ELSE [] END AS walk
  WITH walk, walk[-1] AS last
  MATCH (last)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(next:Paperkg)
  WHERE next <> far AND NOT next IN walk AND coalesce(next.papers, 0) <= $most
  WITH DISTINCT walk + [next] AS longer, next
  RETURN
    collect(longer) AS onward,
    collect(CASE WHEN EXISTS { (next)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN longer + [far] END) AS arrived
}
WITH turned, far, onward AS walks, found + arrived AS found
CALL (far, walks, found) {
  UNWIND CASE WHEN size(found) < $limit THEN walks ELSE [] END AS walk
  WITH walk, walk[-1] AS last
  MATCH (last)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(next:Paperkg)
  WHERE next <> far AND NOT next IN walk AND coalesce(next.papers, 0) <= $most
  WITH DISTINCT walk + [next] AS longer, next
  RETURN
    collect(longer) AS onward,
    collect(CASE WHEN EXISTS { (next)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN longer + [far] END) AS arrived
}
WITH turned, far, onward AS walks, found + arrived AS found
CALL (far, walks, found) {
  UNWIND CASE WHEN size(found) < $limit THEN walks ELSE [] END AS walk
  WITH walk, walk[-1] AS last
  MATCH (last)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(next:Paperkg)
  WHERE next <> far AND NOT next IN walk AND coalesce(next.papers, 0) <= $most
  WITH DISTINCT walk + [next] AS longer, next
  RETURN
    collect(longer) AS onward,
    collect(CASE WHEN EXISTS { (next)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN longer + [far] END) AS arrived
}
WITH turned, far, onward AS walks, found + arrived AS found
CALL (far, walks, found) {
  UNWIND CASE WHEN size(found) < $limit THEN walks ELSE [] END AS walk
  WITH walk, walk[-1] AS last
  MATCH (last)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(next:Paperkg)
  WHERE next <> far AND NOT next IN walk AND coalesce(next.papers, 0) <= $most
  WITH DISTINCT walk + [next] AS longer, next
  RETURN
    collect(longer) AS onward,
    collect(CASE WHEN EXISTS { (next)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN longer + [far] END) AS arrived
}
WITH turned, far, onward AS walks, found + arrived AS found
CALL (far, walks, found) {
  UNWIND CASE WHEN size(found) < $limit THEN walks ELSE [] END AS walk
  WITH walk, walk[-1] AS last
  MATCH (last)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(next:Paperkg)
  WHERE next <> far AND NOT next IN walk AND coalesce(next.papers, 0) <= $most
  WITH DISTINCT walk + [next] AS longer, next
  RETURN
    collect(longer) AS onward,
    collect(CASE WHEN EXISTS { (next)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(far) } THEN longer + [far] END) AS arrived
}
WITH turned, far, onward AS walks, found + arrived AS found
UNWIND found AS walk
WITH CASE WHEN turned THEN reverse(walk) ELSE walk END AS walk
ORDER BY size(walk), [node IN walk | node.id]
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
