// Results of a method in all papers.
//
// Ordered by dataset_id, metric_id, unit, number (highest first), result_id; what is not known comes
// last.
//
// $method (concept): such as "BERT".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (:Paperkg {id: $method})<-[:OF_METHOD]-(result:Paperkg:Result)<-[:STATES]-(paper:Paperkg:Paper)
OPTIONAL MATCH (result)-[:ON_DATASET]->(dataset:Paperkg:Concept)
OPTIONAL MATCH (result)-[:BY_METRIC]->(metric:Paperkg:Concept)
WITH result, paper, dataset, metric
ORDER BY dataset.id, metric.id, result.unit, -result.number, result.id, paper.id
LIMIT $limit
RETURN
  dataset.id AS dataset_id,
  dataset.name AS dataset,
  metric.id AS metric_id,
  metric.name AS metric,
  result.value AS value,
  result.unit AS unit,
  result.delta AS delta,
  result.baseline AS baseline,
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  result.quote AS quote,
  round(result.confidence, 6) AS confidence,
  result.id AS result_id
ORDER BY dataset_id, metric_id, unit, -result.number, result_id, paper_id
