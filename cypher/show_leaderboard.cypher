// Leaderboard of a dataset and a metric: what papers state to have reached, units kept apart.
//
// Differences to a baseline are no places on a leaderboard and are left out. `value` is what the
// paper writes; rows are ordered by unit, by the number that the value stands for (what stands for
// none, such as a range, comes last), by result_id and method_id. What is the best, the greatest or
// the least number, only the reader knows.
//
// $dataset (concept): such as "ImageNet".
// $metric (concept): such as "top-1 accuracy".
// $best (order): "highest", or "lowest" for errors and times; such as "highest". Default "highest".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (metric:Paperkg {id: $metric}), (dataset:Paperkg {id: $dataset})
MATCH (dataset)<-[:ON_DATASET]-(result:Paperkg:Result)-[:BY_METRIC]->(metric)
WHERE NOT coalesce(result.delta, false)
MATCH (paper:Paperkg:Paper)-[:STATES]->(result)
OPTIONAL MATCH (result)-[:OF_METHOD]->(method:Paperkg:Concept)
RETURN
  result.unit AS unit,
  result.value AS value,
  method.id AS method_id,
  method.name AS method,
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  result.quote AS quote,
  round(result.confidence, 6) AS confidence,
  result.id AS result_id
ORDER BY
  unit,
  CASE $best WHEN 'lowest' THEN result.number ELSE -result.number END,
  result_id,
  method_id,
  paper_id
LIMIT $limit
