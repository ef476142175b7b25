// Metrics reported on a dataset.
//
// `results` counts the stated results that name dataset and metric together; `papers` counts the
// papers that evaluate on the dataset and report the metric, perhaps on another one. Ordered by
// results, then papers (most first), then metric_id.
//
// $dataset (concept): such as "ImageNet".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (dataset:Paperkg {id: $dataset})
CALL (dataset) {
  MATCH (dataset)<-[:EVALUATES]-(paper:Paperkg:Paper)-[:REPORTS]->(metric:Paperkg:Concept)
  RETURN metric, paper, null AS result
  UNION ALL
  MATCH (dataset)<-[:ON_DATASET]-(result:Paperkg:Result)-[:BY_METRIC]->(metric:Paperkg:Concept)
  RETURN metric, null AS paper, result
}
WITH metric, count(DISTINCT paper) AS papers, count(DISTINCT result) AS results
RETURN metric.id AS metric_id, metric.name AS metric, results, papers
ORDER BY results DESC, papers DESC, metric_id
LIMIT $limit
