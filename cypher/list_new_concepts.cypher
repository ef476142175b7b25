// Concepts that are new since a date: all their papers are dated on it or after it.
//
// A paper's date is when it was published, else the day on which a page listed it. A date that is
// known in part counts as its beginning: a paper of `2024` is before 2024-03. A concept in a paper
// without date may be older and is not listed. Ordered by papers (most first), then first_date, then
// concept_id; the paper shown is the earliest, of several the one of the least id. It reads all papers
// since the date, so a date long ago costs more.
//
// $since (date): a year, month or day, such as "2025-07".
// $limit (integer): most rows, such as 20. Default 50.

CALL () {
  MATCH (paper:Paperkg) WHERE paper.published >= $since
  RETURN paper, paper.published AS date
  UNION ALL
  MATCH (paper:Paperkg) WHERE paper.seen_on >= $since AND paper.published IS NULL
  RETURN paper, paper.seen_on AS date
}
MATCH (paper)
  -[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->
  (concept:Paperkg:Concept)
WITH concept, count(DISTINCT paper) AS papers, min(date) AS first_date
WHERE papers = concept.papers
WITH concept, papers, first_date
ORDER BY papers DESC, first_date, concept.id
LIMIT $limit
CALL (concept, first_date) {
  MATCH (concept)
    <-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-
    (paper:Paperkg:Paper)
  WHERE coalesce(paper.published, paper.seen_on) = first_date
  RETURN paper
  ORDER BY paper.id
  LIMIT 1
}
RETURN
  concept.id AS concept_id,
  concept.name AS concept,
  concept.type AS type,
  papers,
  first_date,
  paper.id AS paper_id,
  paper.name AS title
ORDER BY papers DESC, first_date, concept_id
