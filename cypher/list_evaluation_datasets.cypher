// Datasets that papers evaluate a method on, and those on which methods like it are evaluated.
//
// Like it are the ten methods that most papers set beside it: those that a paper which proposes,
// studies or compares it compares, and those that a paper which compares it proposes or studies
// (list_compared_methods.cypher lists them). `papers` counts the papers that work with the method and
// evaluate on the dataset, `papers_of_similar` those of the methods like it. Ordered by papers, then
// papers_of_similar (most first), then dataset_id.
//
// $method (concept): such as "BERT".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (method:Paperkg {id: $method})
CALL (method) {
  MATCH (method)<-[own:PROPOSES|STUDIES|COMPARES]-(paper:Paperkg:Paper)
  MATCH (paper)-[edge:PROPOSES|STUDIES|COMPARES]->(other:Paperkg:Method)
  WHERE other <> method AND 'COMPARES' IN [type(own), type(edge)]
  WITH other, count(DISTINCT paper) AS papers
  ORDER BY papers DESC, other.id
  LIMIT 10
  RETURN collect(other) AS similar
}
UNWIND [method] + similar AS worked_with
MATCH (worked_with)<-[:PROPOSES|USES|COMPARES|STUDIES]-(paper:Paperkg:Paper)
MATCH (paper)-[:EVALUATES]->(dataset:Paperkg:Concept)
WITH method, dataset, worked_with, collect(DISTINCT paper) AS papers
ORDER BY worked_with.id
WITH
  dataset,
  sum(CASE worked_with WHEN method THEN size(papers) ELSE 0 END) AS own,
  collect(CASE worked_with WHEN method THEN null ELSE worked_with.name END) AS similar_methods,
  collect(CASE worked_with WHEN method THEN [] ELSE papers END) AS of_similar
WITH dataset, own, similar_methods, COUNT {
  UNWIND of_similar AS papers
  UNWIND papers AS paper
  RETURN DISTINCT paper
} AS papers_of_similar
RETURN
  dataset.id AS dataset_id,
  dataset.name AS dataset,
  own AS papers,
  papers_of_similar,
  similar_methods
ORDER BY papers DESC, papers_of_similar DESC, dataset_id
LIMIT $limit
