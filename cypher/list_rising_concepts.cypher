// Concepts that rose from one date to another: their share of the papers grew.
//
// A date is a year, a month or a day, and stands for all papers dated in it (published, else the day
// on which a page listed them): `2024` takes in 2024-03-12. A paper of which only the year is known
// belongs to no month, one without date nowhere. Shares are 0 to 1, growth is the later share less
// the earlier one. What it cannot know: whether the papers that were collected are like those that
// were written; of few papers, shares say little. Nothing is listed where one of the two dates has no
// papers. Ordered by growth, then later_papers (highest first), then concept_id. It reads all papers
// of both dates, so years cost more than months.
//
// $earlier (date): a year, month or day, such as "2025-03".
// $later (date): a year, month or day, such as "2025-07".
// $limit (integer): most rows, such as 10. Default 20.

CALL () {
  MATCH (paper:Paperkg) WHERE paper.published STARTS WITH $earlier
  RETURN paper, 0 AS later
  UNION ALL
  MATCH (paper:Paperkg) WHERE paper.seen_on STARTS WITH $earlier AND paper.published IS NULL
  RETURN paper, 0 AS later
  UNION ALL
  MATCH (paper:Paperkg) WHERE paper.published STARTS WITH $later
  RETURN paper, 1 AS later
  UNION ALL
  MATCH (paper:Paperkg) WHERE paper.seen_on STARTS WITH $later AND paper.published IS NULL
  RETURN paper, 1 AS later
}
WITH sum(1 - later) AS all_earlier, sum(later) AS all_later, collect([paper, later]) AS dated
UNWIND dated AS entry
WITH all_earlier, all_later, entry[0] AS paper, entry[1] AS later
WHERE all_earlier > 0 AND all_later > 0
MATCH (paper)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->(concept:Paperkg:Concept)
WITH DISTINCT all_earlier, all_later, paper, later, concept
WITH all_earlier, all_later, concept, sum(1 - later) AS of_earlier, sum(later) AS of_later
WHERE of_later * all_earlier > of_earlier * all_later
WITH
  concept,
  of_earlier,
  of_later,
  round(1.0 * of_earlier / all_earlier, 6) AS earlier_share,
  round(1.0 * of_later / all_later, 6) AS later_share,
  round(1.0 * of_later / all_later - 1.0 * of_earlier / all_earlier, 6) AS growth
RETURN
  concept.id AS concept_id,
  concept.name AS concept,
  concept.type AS type,
  of_earlier AS earlier_papers,
  of_later AS later_papers,
  earlier_share,
  later_share,
  growth
ORDER BY growth DESC, later_papers DESC, concept_id
LIMIT $limit
