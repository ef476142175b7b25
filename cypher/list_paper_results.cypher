// Results that a paper states, with what they were measured on and by.
//
// Ordered by dataset_id, metric_id, method_id, result_id; what a result does not name comes last.
//
// $paper (paper): title, words of it, or id, such as "BERT".

MATCH (:Paperkg {id: $paper})-[:STATES]->(result:Paperkg:Result)
OPTIONAL MATCH (result)-[:OF_METHOD]->(method:Paperkg:Concept)
OPTIONAL MATCH (result)-[:ON_DATASET]->(dataset:Paperkg:Concept)
OPTIONAL MATCH (result)-[:BY_METRIC]->(metric:Paperkg:Concept)
RETURN
  result.value AS value,
  result.unit AS unit,
  result.delta AS delta,
  result.baseline AS baseline,
  method.id AS method_id,
  method.name AS method,
  dataset.id AS dataset_id,
  dataset.name AS dataset,
  metric.id AS metric_id,
  metric.name AS metric,
  result.quote AS quote,
  round(result.confidence, 6) AS confidence,
  result.id AS result_id
ORDER BY dataset_id, metric_id, method_id, result_id
